"""Traditional characters in the words of a ledger, told as simplified ones (domain reference §8, case 47)."""

PAIRS = """
    隱隐 單单 責责 檢检 鄉乡 鎮镇 發发 現现 問问 題题 領领 導导 縣县 區区 應应 門门 級级 別别 類类 號号 編编 時时
    間间 際际 實实 規规 劃划 計计 進进 況况 狀状 態态 結结 銷销 備备 註注 內内 項项 業业 員员 電电 話话 聯联 絡络
    點点 場场 學学 樓楼 廠厂 屬属 轄辖 動动 無无 沒没 經经 開开 關关 閉闭 報报 總总 數数 個个 條条 處处 體体 續续
    辦办 準准 預预 養养 險险 線线 設设 護护 嚴严 過过 達达 標标 說说 據据 證证 對对 於于 與与 為为 務务 衛卫 醫医
    國国 陽阳 龍龙 東东 灣湾 莊庄 橋桥 溝沟 馬马 烏乌 蘇苏 臨临 澤泽 樂乐 灘滩 園园 廣广 農农 產产 權权 資资 費费
    額额 萬万 億亿 尋寻 復复 複复 審审 閱阅 籤签 簽签 蓋盖 負负 質质 團团 隊队 營营 礦矿 橫横 縱纵 圖图 紙纸 頁页
    順顺 見见 觀观 測测 災灾 難难 鐵铁 銀银 錢钱 錄录 長长 張张 陳陈 劉刘 楊杨 趙赵 黃黄 吳吴 孫孙 鄭郑 許许 馮冯
    蔣蒋 韓韩 謝谢 蕭萧 葉叶 餘余 擬拟 擇择 擔担 選选 連连 運运 遠远 邊边 還还 這这 從从 後后 來来
"""
SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in PAIRS.split()})


def simplified(text: str) -> str:
    """The text with the traditional characters that ledgers use replaced; others stay."""
    return text if text.isascii() else text.translate(SIMPLIFIED)
