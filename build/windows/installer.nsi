; The installer of 校安台: for one user, without an administrator; the school's data is never touched.
Target amd64-unicode
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; the two programs hold the same modules: packed once
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "WordFunc.nsh"

Name "校安台"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\校安台"
InstallDirRegKey HKCU "Software\xiaoan" "InstallDir"
RequestExecutionLevel user
BrandingText "校安台 ${VERSION}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\xiaoan"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_DIRECTORYPAGE_TEXT_TOP "装在下面这个文件夹里，一般不用改，不要管理员密码。按“安装”，大约半分钟装好。$\r$\n$\r$\n以前装过的，就更新成这一版；学校的资料原样不动。"
!define MUI_FINISHPAGE_TITLE "校安台装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里都有了“校安台”，以后从那里打开。$\r$\n$\r$\n按“完成”。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\校安台.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开校安台"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。学校的资料（“校安台数据”文件夹）和备份原样留着，以后重新安装还能打开。"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "校安台"
VIAddVersionKey "FileDescription" "校安台安装程序"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "这台电脑是32位的 Windows，校安台需要64位的 Windows 10 或 11。没有安装任何东西。" /SD IDOK
    Abort
  ${EndIf}
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "校安台需要 Windows 10（1809以后）或 Windows 11。没有安装任何东西。" /SD IDOK
    Abort
  ${EndIf}
  ReadRegStr $0 HKCU "${ENTRY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "这台电脑上装着更新的校安台（$0），这一份是 ${VERSION}，旧版打不开新版写的资料。什么都没有改动。" /SD IDOK
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

!macro StopIfOpen PROGRAM
  ; A program that runs holds its file: it cannot be opened for writing. A virus scanner holds it,
  ; too, but for a moment only.
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    StrCpy $1 0
    ${Do}
      ClearErrors
      FileOpen $0 "$INSTDIR\${PROGRAM}" a
      ${IfNot} ${Errors}
        FileClose $0
        ${ExitDo}
      ${EndIf}
      IntOp $1 $1 + 1
      ${If} $1 > 5
        MessageBox MB_OK|MB_ICONEXCLAMATION "校安台正开着。请先关闭它，再试一次。什么都没有改动。" /SD IDOK
        Abort
      ${EndIf}
      Sleep 400
    ${Loop}
  ${EndIf}
!macroend

Section
  !insertmacro StopIfOpen "校安台.exe"
  !insertmacro StopIfOpen "xiaoan-cli.exe"
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${SRC}/*"
  WriteUninstaller "$INSTDIR\卸载校安台.exe"
  CreateDirectory "$SMPROGRAMS\校安台"
  CreateShortcut "$SMPROGRAMS\校安台\校安台.lnk" "$INSTDIR\校安台.exe"
  CreateShortcut "$SMPROGRAMS\校安台\卸载校安台.lnk" "$INSTDIR\卸载校安台.exe"
  CreateShortcut "$DESKTOP\校安台.lnk" "$INSTDIR\校安台.exe"
  WriteRegStr HKCU "Software\xiaoan" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "校安台"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\校安台.exe"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\卸载校安台.exe"'
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro StopIfOpen "校安台.exe"
  !insertmacro StopIfOpen "xiaoan-cli.exe"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\校安台.exe"
  Delete "$INSTDIR\xiaoan-cli.exe"
  Delete "$INSTDIR\卸载校安台.exe"
  RMDir "$INSTDIR" ; stays where somebody keeps data in it
  RMDir /r "$SMPROGRAMS\校安台"
  Delete "$DESKTOP\校安台.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey HKCU "Software\xiaoan"
SectionEnd
