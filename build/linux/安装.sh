#!/bin/sh
# 为现在登录的这位用户安装或更新校安台：不要管理员口令，学校的资料不动。
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
target=$share/xiaoan/校安台
entry=$share/applications/xiaoan.desktop
icon=$share/icons/hicolor/256x256/apps/xiaoan.png
lock=${XDG_CONFIG_HOME:-$HOME/.config}/xiaoan/窗口.lock

say() { # 终端里说一遍；有桌面就再用对话框说一遍
    echo "$2"
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v zenity >/dev/null; then
        zenity "--$1" --no-markup --no-wrap --title=校安台 --text="$2" 2>/dev/null || true
    fi
}

refuse() {
    say error "$1"
    exit 1
}

older() { # $1 比 $2 旧
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

[ "$(uname -m)" = "$(cat "$here/_internal/需要/处理器")" ] ||
    refuse "这台电脑的处理器是 $(uname -m)，这份校安台是给 $(cat "$here/_internal/需要/处理器") 做的。没有安装任何东西。"
has=$(getconf GNU_LIBC_VERSION | sed 's/.* //')
needs=$(cat "$here/_internal/需要/glibc")
if older "$has" "$needs"; then
    refuse "这台电脑的系统太旧（glibc $has，校安台要 $needs 以后）。没有安装任何东西。请更新系统，或者换一台电脑。"
fi
if [ -e "$lock" ] && command -v flock >/dev/null && ! flock -n "$lock" true; then
    refuse "校安台正开着。请先关闭它，再试一次。什么都没有改动。"
fi
new=$(cat "$here/_internal/VERSION")
old=
[ ! -e "$target/_internal/VERSION" ] || old=$(cat "$target/_internal/VERSION")
if [ -n "$old" ] && older "$new" "$old"; then
    refuse "已经装着更新的校安台（$old），这一份是 $new，旧版打不开新版写的资料。什么都没有改动。"
fi

if [ "$here" != "$target" ]; then
    half=$target.part
    rm -rf "$half"
    mkdir -p "$half" "$target"
    for part in 校安台 xiaoan-cli 安装.sh 卸载.sh _internal; do
        cp -a "$here/$part" "$half/$part"
        if ! diff -r "$here/$part" "$half/$part" >/dev/null; then
            rm -rf "$half"
            refuse "“$part”复制过去和原来的不一样。原来的校安台和资料都没有动。请看看磁盘是否已满，再试一次。"
        fi
    done
    for part in _internal 校安台 xiaoan-cli 安装.sh 卸载.sh; do
        rm -rf "${target:?}/$part"
        mv "$half/$part" "$target/$part"
    done
    rmdir "$half"
fi

mkdir -p "$(dirname "$entry")" "$(dirname "$icon")"
cp "$target/_internal/xiaoan.png" "$icon"
cat >"$entry" <<END
[Desktop Entry]
Type=Application
Version=1.0
Name=校安台
Comment=乡村学校的安全工作台
Exec="$target/校安台"
Icon=$icon
Terminal=false
Categories=Office;Education;
StartupWMClass=xiaoan
END
if command -v update-desktop-database >/dev/null; then
    update-desktop-database "$(dirname "$entry")" 2>/dev/null || true
fi
for desktop in "$(xdg-user-dir DESKTOP 2>/dev/null || true)" "$HOME/桌面" "$HOME/Desktop"; do
    if [ -d "$desktop" ] && [ "$desktop" != "$HOME" ]; then
        cp "$entry" "$desktop/校安台.desktop"
        chmod +x "$desktop/校安台.desktop"
        ! command -v gio >/dev/null || gio set "$desktop/校安台.desktop" metadata::trusted true 2>/dev/null || true
        break
    fi
done
if [ -n "$old" ]; then
    say info "校安台从 $old 更新到 $new 了，学校的资料原样没动。"
else
    say info "校安台 $new 装好了。在开始菜单里，或者桌面上，点“校安台”就能打开。"
fi
