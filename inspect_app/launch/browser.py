"""A Chromium for the browser tests: found, or installed, or asked for; never skipped in silence."""

import os
import shutil
import sys
from pathlib import Path

from inspect_app.launch.machine import WINDOWS, LaunchError, answers, install_packages, say

VARIABLE = "CHROMIUM"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PLACES = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
PACKAGES = ("chromium", "libatomic1", "fonts-noto-cjk")


def find() -> Path | None:
    """Find a Chromium, Chrome or Edge; raises LaunchError when the CHROMIUM variable names no file."""
    if named := os.environ.get(VARIABLE):
        if not Path(named).is_file():
            raise LaunchError(
                f"环境变量 {VARIABLE} 指向的浏览器不存在：{named}。请改为 Chromium、Chrome 或 Edge 的完整路径。"
            )
        return Path(named)
    commands = (shutil.which(name) for name in COMMANDS)
    return next((Path(place) for place in (*commands, *_usual_places()) if place and Path(place).is_file()), None)


def ensure() -> Path:
    """Return a browser that Playwright can drive, installed where apt can; raises LaunchError where none can be had."""
    browser = find()
    if browser is None or not _driver_runs():
        try:
            install_packages(PACKAGES, "浏览器测试需要 Chromium")
        except LaunchError as error:
            raise LaunchError(f"{error}\n已有浏览器时，也可设置 {VARIABLE}=浏览器的完整路径。") from None
        browser = find()
    if browser is None or not _driver_runs():
        raise LaunchError(
            f"没有可用的浏览器。请安装 Chromium、Chrome 或 Edge，或设置 {VARIABLE}=浏览器的完整路径，然后重试。"
        )
    say(f"浏览器：{browser}")
    return browser


def _driver_runs() -> bool:
    return answers(sys.executable, "-m", "playwright", "--version")


def _usual_places() -> tuple[str, ...]:
    if not WINDOWS:
        return PLACES
    folders = [os.environ[name] for name in WINDOWS_FOLDERS if name in os.environ]
    return tuple(str(Path(folder) / place) for folder in folders for place in WINDOWS_PLACES)
