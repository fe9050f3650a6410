"""The names under which offices write each column of a register (domain reference §4.0, §8.1); the usual one first."""

from collections.abc import Mapping

from inspect_app.workbooks.headings import Headings

SYNONYMS: Mapping[str, str] = {
    "reference": "编号 对象编号 检查对象编号 系统编号",
    "name": """
        名称 检查对象名称 检查对象 对象名称 单位名称 建筑名称 单位建筑名称 单位或建筑名称 建筑物名称 房屋名称 工程名称
        项目名称 场所名称 企业名称 学校名称 机构名称 设施名称 名称全称
    """,
    "category": "类别 对象类别 检查对象类别 类型 对象类型 类别代码 单位类别 单位类型",
    "region_code": "区划代码 行政区划代码 区划码 行政区划码 地区代码 行政区代码",
    "county": "县市区 县区 所在县区 所属县区 所在县市区 所属县市区 县级行政区 区县 所在区县 所属县 所在县 县市",
    "township": """
        乡镇街道 所在乡镇 所属乡镇 乡镇 所在乡镇街道 所属乡镇街道 街道乡镇 街道 镇街 所在街道 所属街道 乡镇场街道
        属地 属地乡镇 所在地区 所在区域 行政区划 乡镇名称
    """,
    "address": "详细地址 地址 单位地址 所在地址 具体地址 坐落 坐落位置 地点 具体位置 建筑地址 位置",
    "longitude": "经度 东经 经度坐标 中心经度 x坐标",
    "latitude": "纬度 北纬 纬度坐标 中心纬度 y坐标",
    "coordinates": "经纬度 坐标 经纬度坐标 地理坐标 位置坐标 中心坐标",
    "coordinate_system": "坐标系 坐标系统 坐标系类型 坐标类型",
    "credit_code": "统一社会信用代码 信用代码 社会信用代码 统一信用代码 统一社会信用代码证号",
    "responsible_unit": "责任单位 产权单位 使用单位 产权使用单位 产权或使用单位 管理单位 责任主体 建设单位 权属单位",
    "supervising_unit": "主管部门 行业主管部门 监管部门 行业部门 主管单位 监管单位 行业监管部门",
    "contact_person": "联系人 联系人姓名 负责人 责任人 联系人及电话 联系人及联系电话 安全负责人",
    "key_object": "重点对象 是否重点对象 是否重点 重点",
    "built_year": """
        建成年份 建成年代 建成时间 建造年代 建造年份 建设年代 建设年份 竣工年份 竣工时间 建筑年代 建成年 竣工年代
        建成日期 竣工日期 建造时间
    """,
    "structure": "结构类型 结构形式 建筑结构 结构 房屋结构 建筑结构类型 主体结构 建筑结构形式 结构体系",
    "floors": "层数 楼层数 建筑层数 地上层数 楼层 总层数 房屋层数",
    "area_m2": "建筑面积 面积 总建筑面积 建筑面积平方米 房屋面积 面积平方米 建筑总面积",
    "fortification_category": "设防类别 抗震设防类别 抗震设防分类 设防分类 抗震类别",
    "fortification_intensity": "设防烈度 抗震设防烈度 烈度 设防烈度度 抗震设防烈度度 设防标准",
    "pga_g": "地震动峰值加速度 峰值加速度 设计基本地震加速度 基本地震加速度 地震加速度 峰值加速度g",
    "appraised_on": "鉴定日期 鉴定时间 抗震鉴定日期 抗震鉴定时间 抗震性能鉴定日期 抗震性能鉴定时间",
    "appraisal_result": "鉴定结论 鉴定结果 抗震鉴定结论 抗震鉴定结果 抗震性能鉴定结论 鉴定意见",
    "retrofitted_on": "加固日期 加固时间 抗震加固日期 抗震加固时间 加固完成时间 加固完成日期",
    "remaining_service_years": "后续使用年限 后续使用年限年 剩余使用年限 后续工作年限 后续设计工作年限",
    "active": "在册 是否在册 是否在用 在用 使用状态",
    "other": "序号 备注 说明 联系电话 电话 手机 联系方式 填报人 填报日期 填表人 照片",
}
FILLED_DOWN = ("county", "township", "responsible_unit", "supervising_unit", "region_code")
HEADINGS = Headings(SYNONYMS)
