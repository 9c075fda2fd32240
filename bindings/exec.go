package bindings

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/service/program"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
)

// Bounds of tg.exec.
const (
	usualRun    = time.Minute
	usualOutput = 1 << 20
	mostOutput  = 64 << 20
)

type execArgs struct {
	Program   string      `lua:"program" doc:"Its name, which is looked for in PATH, or its path. Relative ones start where config.yaml is, as those of files do."`
	Arguments []string    `lua:"arguments,optional" type:"string[]" doc:"What it is given, one by one: no shell reads them."`
	Opts      execOptions `lua:"options,optional" doc:"How."`
}

type execOptions struct {
	Stdin   string         `lua:"stdin,optional,bytes" doc:"What it reads."`
	Timeout *time.Duration `lua:"timeout,optional" doc:"How long it may run; a minute if not given."`
	Limit   int            `lua:"max_output,optional" doc:"How many bytes it may write to each output; 1 MiB if not given, 64 MiB at most."`
	Env     map[string]any `lua:"env,optional" type:"table<string, string>" doc:"Variables for it. Of ours it gets PATH, HOME, LANG and the like alone. Those that make a program load other code, such as LD_PRELOAD, are refused."`
	Folder  string         `lua:"cwd,optional" doc:"The folder it runs in, which the script may read; that of config.yaml if not given."`
	Check   bool           `lua:"check,optional" doc:"Raise EXEC if its exit code is not 0."`
}

type execResult struct {
	Code   int    `lua:"code"`
	OK     bool   `lua:"ok"`
	Stdout string `lua:"stdout"`
	Stderr string `lua:"stderr"`
}

// LuaType is how the editor types write it.
func (execResult) LuaType() string {
	return "{ code: integer, ok: boolean, stdout: string, stderr: string }"
}

// ExecError says that a program failed.
type ExecError struct {
	Program, Stderr string
	Code            int
}

// Error is one line for the script's author.
func (e *ExecError) Error() string {
	text := e.Program + " failed with exit code " + strconv.Itoa(e.Code)
	if line, _, _ := strings.Cut(strings.TrimSpace(e.Stderr), "\n"); line != "" {
		text += ": " + line[:min(len(line), 200)]
	}
	return text
}

// LuaFields are what scripts see on the caught error.
func (e *ExecError) LuaFields() map[string]any {
	return map[string]any{"kind": "EXEC", "message": e.Error(), "program": e.Program, "code": e.Code, "stderr": e.Stderr}
}

// LateError says that something took longer than it may.
type LateError struct {
	What  string
	Limit time.Duration
}

// Error is one line for the script's author.
func (e *LateError) Error() string { return e.What + " took longer than " + e.Limit.String() }

// LuaFields are what scripts see on the caught error.
func (e *LateError) LuaFields() map[string]any {
	return map[string]any{"kind": "TIMEOUT", "message": e.Error(), "seconds": e.Limit.Seconds()}
}

// runExec is tg.exec.
var runExec = spec.Function("exec", "Run a program, one that `allow: { SCRIPT: { exec: [...] } }` in config.yaml names, and wait for its end. Other handlers of the script run meanwhile.",
	func(c *spec.Call, in execArgs) (execResult, error) {
		o, err := in.Opts.read(c)
		if err != nil {
			return execResult{}, err
		}
		name, allow := in.Program, envOf(c).Allow
		if strings.ContainsAny(name, `/\`) {
			name = allow.Absolute(name)
		}
		if err := allow.Check(permission.Exec, name); err != nil {
			return execResult{}, err
		}
		path, err := program.Find(name)
		if err != nil {
			return execResult{}, err
		}
		result, err := program.Run(c, path, in.Arguments, o)
		switch {
		case err != nil:
			return execResult{}, err
		case result.Late:
			return execResult{}, &LateError{What: in.Program, Limit: o.Timeout}
		case result.Cut:
			return execResult{}, &SizeError{What: "what " + in.Program + " writes", Limit: int64(o.Limit)}
		case in.Opts.Check && result.Code != 0:
			return execResult{}, &ExecError{Program: in.Program, Code: result.Code, Stderr: result.Stderr}
		}
		return execResult{result.Code, result.Code == 0, result.Stdout, result.Stderr}, nil
	},
).Raises("PERMISSION_DENIED", "EXEC", "TIMEOUT", "TOO_LARGE").Example(`local result = tg.exec("ffprobe", { "-hide_banner", "film.mp4" }, { timeout = "10s" })
if not result.ok then print(result.code, result.stderr) end`)

func (o execOptions) read(c *spec.Call) (program.Options, error) {
	read := program.Options{Stdin: o.Stdin, Limit: o.Limit, Timeout: usualRun, Env: map[string]string{}}
	if o.Timeout != nil {
		read.Timeout = *o.Timeout
	}
	if read.Limit == 0 {
		read.Limit = usualOutput
	}
	if read.Limit < 0 || read.Limit > mostOutput {
		return read, &spec.ArgumentError{Function: "exec", Place: "option 'max_output'", Problem: "0 to 67108864 expected"}
	}
	for name, value := range o.Env {
		text, ok := value.(string)
		if !ok || name == "" || strings.ContainsAny(name, "=\x00") || strings.ContainsRune(text, 0) {
			return read, &spec.ArgumentError{Function: "exec", Place: "option 'env'", Problem: "names and texts expected"}
		}
		if loads(name) {
			return read, &spec.ArgumentError{Function: "exec", Place: "option 'env'", Problem: name + " would make the program run something else"}
		}
		read.Env[name] = text
	}
	if o.Folder == "" {
		read.Folder = envOf(c).Allow.Root()
		return read, nil
	}
	folder, err := permitted(c, permission.Read, o.Folder)
	read.Folder = folder
	return read, err
}

// loaders are variables by which a program that may be run could be made to run another one.
var loaders = []string{
	"LD_", "DYLD_", "BASH_ENV", "ENV", "PATH", "IFS", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "NODE_OPTIONS", "NODE_PATH",
	"PYTHON", "PERL5", "RUBYOPT", "RUBYLIB", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "LUA_INIT", "LUA_PATH", "LUA_CPATH", "GIT_", "EDITOR",
	"VISUAL", "PAGER", "BROWSER",
}

// loads says whether a variable is one of them: names that end with _ stand for all that begin so, as do PYTHON and PERL5.
func loads(name string) bool {
	name = strings.ToUpper(name)
	return slices.ContainsFunc(loaders, func(l string) bool {
		family := strings.HasSuffix(l, "_") || l == "PYTHON" || l == "PERL5"
		return name == l || family && strings.HasPrefix(name, l)
	})
}
