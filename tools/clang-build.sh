# clang-build.sh: sourced from the root. Configures build-clang and makes there what src/ includes, compiling nothing
# else. build-clang/flags is then how clang compiles a file of src/ (from within build-clang), build-clang/places only
# where things are and which C it is, for gcc as well.
tools/install.sh build clang || return 1
[ -f build-clang/build.ninja ] || CC=clang meson setup build-clang >/dev/null || return 1
ninja -C build-clang -t targets all | sed -n '/^meson-/d; s/: CUSTOM_COMMAND$//p' |
	xargs ninja -C build-clang >build-clang/made.log || { cat build-clang/made.log; return 1; }

sed -n 's/.*"command": "\(.*\) -MD .*libzs.*/\1/p' build-clang/compile_commands.json | head -n 1 |
	sed 's/\\"/"/g' | xargs -n 1 printf '%s\n' | grep '^-' | sed 's/[\\" ]/\\&/g' >build-clang/flags
grep -E '^-(I|D|std|pthread)' build-clang/flags >build-clang/places
