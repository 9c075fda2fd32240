package reference

import (
	"strings"

	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

// filesOf are the functions of tg.fs, and what they do with their arguments.
var filesOf = map[string][]permission.Kind{
	"read": {permission.Read}, "list": {permission.Read}, "stat": {permission.Read}, "exists": {permission.Read},
	"write": {permission.Write}, "append": {permission.Write}, "mkdir": {permission.Write}, "remove": {permission.Write},
	"rename": {permission.Write, permission.Write},
}

// serviceChat is where login codes come.
const serviceChat = "777000"

// need notes a permission.
func (n *needs) need(line int, call string, kind permission.Kind, what string) {
	n.list = append(n.list, Need{Line: line, Call: call, Kind: kind, What: what})
}

// argument is the i-th of a call, or nil.
func argument(call *syntax.Call, i int) syntax.Expr {
	if i < len(call.Args) {
		return call.Args[i]
	}
	return nil
}

// fieldOf is a field of a table that is written out; nil if there is none.
func fieldOf(e syntax.Expr, name string) syntax.Expr {
	table, ok := e.(*syntax.TableExpr)
	if !ok {
		return nil
	}
	for _, f := range table.Fields {
		if key, ok := f.Key.(*syntax.Text); ok && key.Value == name {
			return f.Value
		}
	}
	return nil
}

// path is the full name of what is called, such as tg.http.get; a local that stands for a part of it is followed.
func (n *needs) path(e syntax.Expr, depth int) string {
	switch e := e.(type) {
	case *syntax.Ident:
		if value := n.texts[e.Value]; value != nil && n.often[e.Value] == 1 && !n.set[e.Value] && depth < 10 {
			if path := n.path(value, depth+1); strings.HasPrefix(path, "tg.") || strings.HasPrefix(path, "client.") {
				return path
			}
		}
		return e.Value
	case *syntax.Get:
		key, ok := e.Key.(*syntax.Text)
		if above := n.path(e.Object, depth); ok && above != "" {
			return above + "." + key.Value
		}
	}
	return ""
}

// call notes what a call asks for.
func (n *needs) call(call *syntax.Call) {
	line := call.Line()
	if call.Func == nil {
		n.method(line, call)
		return
	}
	name := n.path(call.Func, 0)
	switch name {
	case "pcall", "xpcall": // the function is an argument
		if len(call.Args) > 1 && name == "pcall" {
			inner := &syntax.Call{Func: call.Args[0], Args: call.Args[1:]}
			inner.SetLine(line)
			n.call(inner)
		}
		return
	case "tg.env":
		n.need(line, name, permission.Env, n.exact(argument(call, 0)))
		return
	case "tg.exec":
		n.need(line, name, permission.Exec, n.exact(argument(call, 0)))
		if cwd := fieldOf(argument(call, 2), "cwd"); cwd != nil {
			n.need(line, name, permission.Read, n.exact(cwd))
		}
		return
	}
	if function, ok := strings.CutPrefix(name, "tg.http."); ok {
		at := 0
		if function == "request" {
			at = 1
		}
		n.need(line, name, permission.Net, n.host(argument(call, at)))
		if file := fieldOf(argument(call, at+1), "save_to"); file != nil {
			n.need(line, name, permission.Write, n.exact(file))
		}
		return
	}
	if function, ok := strings.CutPrefix(name, "tg.fs."); ok {
		for i, kind := range filesOf[function] {
			n.need(line, name, kind, n.exact(argument(call, i)))
		}
		return
	}
	if order, ok := strings.CutPrefix(name, "tg.host."); ok {
		if order == "scripts" {
			order = "status"
		}
		n.need(line, name, permission.Host, order)
		return
	}
	if method, ok := strings.CutPrefix(name, "client.api."); ok {
		n.api(line, method)
	}
}

// api notes a guarded method.
func (n *needs) api(line int, method string) {
	if n.guarded(method) {
		n.need(line, "client.api."+method, permission.Methods, method)
	}
}

// fileMethods are methods that read a file of the disk by its name, and which argument that is.
var fileMethods = map[string]int{"send_file": 1, "upload_file": 0, "reply_file": 0, "respond_file": 0}

// method notes what a method asks for, whatever it is called on: only one class has such a method.
func (n *needs) method(line int, call *syntax.Call) {
	for _, argument := range call.Args {
		if n.exact(argument) == serviceChat {
			n.need(line, ":"+call.Method, permission.Chats, serviceChat)
			break
		}
	}
	if at, ok := fileMethods[call.Method]; ok {
		n.file(line, call.Method, argument(call, at))
	}
	switch call.Method {
	case "reply", "respond", "send_message":
		if file := fieldOf(argument(call, max(len(call.Args)-1, 0)), "file"); file != nil {
			n.file(line, call.Method, file)
		}
	case "download", "download_media":
		if to := argument(call, 0); to != nil {
			if _, table := to.(*syntax.TableExpr); !table {
				n.need(line, ":"+call.Method, permission.Write, n.exact(to))
			}
		}
	}
}

// file notes a file that is sent: a name, or a table with a path. URLs and bytes ask for nothing.
func (n *needs) file(line int, method string, file syntax.Expr) {
	if table, ok := file.(*syntax.TableExpr); ok {
		if path := fieldOf(table, "path"); path != nil {
			n.need(line, ":"+method, permission.Read, n.exact(path))
			return
		}
		for _, f := range table.Fields {
			if f.Key == nil { // an album
				n.file(line, method, f.Value)
			}
		}
		return
	}
	text, whole := n.text(file, 0)
	if file == nil || strings.Contains(text, "://") {
		return
	}
	if !whole {
		text = ""
		if _, named := file.(*syntax.Ident); named {
			return // it may be anything: a photo of a message
		}
	}
	n.need(line, ":"+method, permission.Read, text)
}
