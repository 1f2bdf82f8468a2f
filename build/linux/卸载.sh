#!/bin/sh
# 为现在登录的这位用户卸载校安台：只去掉程序，学校的资料和备份原样留着。
set -eu

share=${XDG_DATA_HOME:-$HOME/.local/share}
target=$share/xiaoan/校安台
lock=${XDG_CONFIG_HOME:-$HOME/.config}/xiaoan/窗口.lock

if [ -e "$lock" ] && command -v flock >/dev/null && ! flock -n "$lock" true; then
    echo "校安台正开着。请先关闭它，再试一次。什么都没有改动。"
    exit 1
fi
rm -f "$share/applications/xiaoan.desktop" "$share/icons/hicolor/256x256/apps/xiaoan.png"
for desktop in "$(xdg-user-dir DESKTOP 2>/dev/null || true)" "$HOME/桌面" "$HOME/Desktop"; do
    rm -f "$desktop/校安台.desktop"
done
for part in _internal 校安台 xiaoan-cli 安装.sh 卸载.sh; do
    rm -rf "${target:?}/$part"
done
rmdir "$target" 2>/dev/null || true # 里面有资料就留着
echo "校安台卸载了。学校的资料（“校安台数据”文件夹）和备份原样留着，以后重新安装还能打开。"
