from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.core.disks import (
    Disk,
    Kind,
    data_places,
    disk_of,
    free_bytes,
    linux_disks,
    read_disks,
    refuse_synced,
    refuse_unsafe,
    space_warning,
    windows_disks,
)
from app.core.errors import UserError

# As an office PC with Kylin shows them: one disk in parts, a stick, a share, an SD card, LUKS.
MOUNTS = r"""sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0
/dev/sda5 / ext4 rw,relatime 0 0
/dev/sda6 /data ext4 rw,relatime 0 0
/dev/sda6 /home ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw,nosuid,nodev 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw,nosuid,nodev 0 0
/dev/sdb1 /media/kylin/我的U\040盘 vfat rw,nosuid,nodev 0 0
/dev/sdc1 /media/kylin/移动硬盘 fuseblk rw,nosuid,nodev 0 0
/dev/mmcblk0p1 /media/kylin/相机卡 exfat rw 0 0
/dev/mmcblk1p1 /disk ext4 rw 0 0
/dev/sr0 /media/kylin/光盘 iso9660 ro 0 0
//192.168.1.2/教务 /mnt/jiaowu cifs rw 0 0
nas:/vol1 /mnt/nas nfs4 rw 0 0
/dev/mapper/luks-data /secret ext4 rw 0 0
/dev/mapper/luks-stick /mnt/luks ext4 rw 0 0
overlay /box overlay rw 0 0
C:\134 /mnt/c 9p rw 0 0
broken
"""
PCI = "devices/pci0000:00/0000:00:17.0"


@pytest.fixture
def sys_root(tmp_path):
    """What sysfs says of those devices."""

    def block(name, place, *, parts=(), removable="0", card=""):
        home = tmp_path / place / "block" / name
        home.mkdir(parents=True)
        (home / "removable").write_text(f"{removable}\n")
        if card:
            (home / "device").mkdir()
            (home / "device" / "type").write_text(f"{card}\n")
        for part in parts:
            (home / part).mkdir()
            (home / part / "partition").write_text("1\n")
        for known in (home, *(home / part for part in parts)):
            (tmp_path / "class" / "block").mkdir(parents=True, exist_ok=True)
            (tmp_path / "class" / "block" / known.name).symlink_to(known)
        return home

    def mapped(name, word, part):
        home = block(name, "devices/virtual")
        (home / "dm").mkdir()
        (home / "dm" / "name").write_text(f"{word}\n")
        (home / "slaves").mkdir()
        (home / "slaves" / part.name).symlink_to(part)

    disk = block("sda", f"{PCI}/ata1/target0", parts=("sda5", "sda6", "sda7"))
    stick = block("sdb", f"{PCI}/usb1/1-2", parts=("sdb1", "sdb2"), removable="1")
    block("sdc", f"{PCI}/usb2/2-1", parts=("sdc1",))
    block("mmcblk0", f"{PCI}/mmc0", parts=("mmcblk0p1",), card="SD")
    block("mmcblk1", f"{PCI}/mmc1", parts=("mmcblk1p1",), card="MMC")
    mapped("dm-0", "luks-data", disk / "sda7")
    mapped("dm-1", "luks-stick", stick / "sdb2")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/data/校安台数据", Kind.FIXED),
        ("/home/kylin/.local/share", Kind.FIXED),
        ("/database", Kind.FIXED),
        ("/disk/x", Kind.FIXED),
        ("/secret/x", Kind.FIXED),
        ("/media/kylin/我的U 盘/校安台数据", Kind.REMOVABLE),
        ("/media/kylin/移动硬盘", Kind.REMOVABLE),
        ("/media/kylin/相机卡", Kind.REMOVABLE),
        ("/media/kylin/光盘", Kind.REMOVABLE),
        ("/mnt/luks", Kind.REMOVABLE),
        ("/mnt/jiaowu/x", Kind.NETWORK),
        ("/mnt/nas", Kind.NETWORK),
        ("/run/user/1000/gvfs/smb-share", Kind.NETWORK),
        ("/tmp/x", Kind.UNKNOWN),
        ("/box/x", Kind.UNKNOWN),
        ("/mnt/c/x", Kind.UNKNOWN),
    ],
)
def test_every_folder_of_an_office_pc_with_linux_is_told(sys_root, folder, kind):
    assert disk_of(PurePosixPath(folder), linux_disks(MOUNTS, sys_root)).kind is kind


def test_a_device_nobody_describes_is_unknown_and_accepted(tmp_path):
    disks = linux_disks("/dev/root / ext4 rw 0 0", tmp_path)
    assert disk_of(PurePosixPath("/srv"), disks).kind is Kind.UNKNOWN
    refuse_unsafe(PurePosixPath("/srv"), disks)
    refuse_unsafe(PurePosixPath("/srv"), [])


WINDOWS = windows_disks(
    [
        ("C:", 3, 17),
        ("D:", 3, 11),
        ("E:", 2, 7),
        ("F:", 3, 7),
        ("G:", 2, 12),
        ("H:", 5, 11),
        ("Y:", 1, 0),
        ("Z:", 4, 0),
    ],
    "c:",
)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        (r"C:\Users\张老师", Kind.FIXED),
        (r"d:\校安台数据", Kind.FIXED),
        (r"E:\校安台数据", Kind.REMOVABLE),
        (r"F:\校安台数据", Kind.REMOVABLE),  # a portable disk calls itself fixed
        (r"G:\DCIM", Kind.REMOVABLE),
        ("H:\\", Kind.REMOVABLE),
        (r"Z:\教务", Kind.NETWORK),
        (r"\\server\教务\数据", Kind.NETWORK),
        (r"Y:\x", Kind.UNKNOWN),
        (r"Q:\x", Kind.UNKNOWN),
    ],
)
def test_every_drive_of_an_office_pc_with_windows_is_told(folder, kind):
    assert disk_of(PureWindowsPath(folder), WINDOWS).kind is kind


def test_the_parts_of_a_disk_that_outlive_a_reinstall_are_told(sys_root):
    disks = linux_disks(MOUNTS, sys_root)
    lasting = {str(disk.root) for disk in disks if disk.kind is Kind.FIXED and not disk.is_system}
    assert lasting == {"/data", "/home", "/disk", "/secret"}


def test_only_the_drive_with_windows_on_it_is_the_systems():
    assert [disk.root.drive for disk in WINDOWS if disk.is_system] == ["C:"]


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("/media/kylin/我的U 盘/数据", "U盘或移动硬盘，它一拔下"),
        ("/mnt/nas/数据", "网络文件夹，网络一断"),
    ],
)
def test_a_stick_and_a_share_are_refused_with_the_reason(sys_root, folder, why):
    with pytest.raises(UserError) as refusal:
        refuse_unsafe(PurePosixPath(folder), linux_disks(MOUNTS, sys_root))
    assert why in refusal.value.what
    assert "本机硬盘" in refusal.value.do


@pytest.mark.parametrize(
    "folder",
    [
        PureWindowsPath(r"C:\Users\张老师\OneDrive\桌面\校安台数据"),
        PureWindowsPath(r"C:\Users\张老师\OneDrive - 青石镇中心小学\校安台数据"),
        PureWindowsPath(r"D:\WPS云盘\校安台数据"),
        PurePosixPath("/home/zhang/我的坚果云/校安台数据"),
    ],
)
def test_a_folder_that_is_copied_to_the_internet_is_refused(folder):
    with pytest.raises(UserError, match="传到网上"):
        refuse_synced(folder)


def test_a_folder_of_ones_own_is_not_taken_for_one_of_a_net_disk():
    refuse_synced(PureWindowsPath(r"D:\学校\校安台数据"))


def test_a_disk_that_is_not_the_systems_is_offered_first_and_ones_own_folder_always(tmp_path):
    other, own = tmp_path / "data", tmp_path / "home" / "校安台数据"
    other.mkdir()
    disks = [
        Disk(tmp_path, Kind.FIXED, is_system=True),
        Disk(other, Kind.FIXED),
        Disk(tmp_path / "gone", Kind.FIXED),
        Disk(tmp_path / "stick", Kind.REMOVABLE),
    ]
    places = data_places(disks, own=own, name="校安台数据")
    assert [place.folder for place in places] == [other / "校安台数据", own]
    assert places[-1].is_system
    assert places[-1].free_bytes > 0


def test_this_very_pc_can_be_read():
    refuse_unsafe(Path.cwd(), read_disks())
    assert free_bytes(Path.cwd() / "not" / "yet") > 0


@pytest.mark.parametrize(
    ("free", "words"), [(0, "只剩0MB"), (499 * 1024**2, "只剩499MB"), (500 * 1024**2, "")]
)
def test_less_than_500_mb_is_said(free, words):
    assert words in space_warning(free)
    assert bool(space_warning(free)) == bool(words)
