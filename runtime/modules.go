package runtime

import (
	"os"
	"path/filepath"
)

// ModulesDir is the folder of modules of others, beside scripts or in the project. It has files as they come, or a tree
// as `luarocks install --tree lua_modules` makes it.
const ModulesDir = "lua_modules"

// Where a tree of LuaRocks has Lua, and what was compiled:
// https://github.com/luarocks/luarocks/blob/main/docs/file_locations.md
const (
	rocksLua      = "share/lua/5.1"
	rocksCompiled = "lib/lua/5.1"
)

// places are where modules may be: the roots, then the modules of others.
func (g *Generation) places() []string {
	places := append([]string(nil), g.roots()...)
	for _, dir := range g.modulesOfOthers() {
		places = append(places, dir, filepath.Join(dir, filepath.FromSlash(rocksLua)))
	}
	return places
}

func (g *Generation) modulesOfOthers() (dirs []string) {
	for _, root := range g.roots() {
		dirs = append(dirs, filepath.Join(root, ModulesDir))
	}
	return append(dirs, g.script.host.opts.Modules...)
}

// compiled finds a module in C, which can't be run.
func (g *Generation) compiled(name string) string {
	rel := modulePath(name)
	var dirs []string
	for _, dir := range g.modulesOfOthers() {
		dirs = append(dirs, dir, filepath.Join(dir, filepath.FromSlash(rocksCompiled)))
	}
	for _, dir := range append(dirs, g.roots()...) {
		for _, end := range []string{".so", ".dll", ".dylib", ".c"} {
			if info, err := os.Stat(filepath.Join(dir, rel+end)); err == nil && info.Mode().IsRegular() {
				return filepath.Join(dir, rel+end)
			}
		}
	}
	return ""
}
