package bindings

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"sync"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// The data of buttons that run functions: a mark that nobody types, the script's tag, and what it finds the function by.
const (
	functionMark = "\x1ef" // tag, version, number
	menuMark     = "\x1em" // tag, menu, button, the page's own data
	shortLength  = 4
	mostMenuData = 64 - len(menuMark) - 3*shortLength
)

// keptFunctions is how many functions of buttons a version of a script keeps: those made first are forgotten first.
const keptFunctions = 10_000

// buttonBook finds what the buttons of a script do. Functions live as long as their version of the script; menus are
// found by name, so that their buttons work with the next version, and in the next process, too.
type buttonBook struct {
	tag     string // of the script
	version string

	mu        sync.Mutex
	functions map[int]*vm.Function
	last      int // number of the newest function
	menus     map[string]*menu
}

// short is a few letters that stand for a text.
func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:shortLength]
}

// buttonsOf is the book of a version of a script.
func (e *Env) buttonsOf(g *runtime.Generation) *buttonBook {
	s := e.servicesOf(g)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.buttons == nil {
		space := e.Space
		if space == "" {
			space = g.Script().Name()
		}
		s.buttons = &buttonBook{
			tag: short(space), version: rand.Text()[:shortLength], functions: map[int]*vm.Function{}, menus: map[string]*menu{},
		}
	}
	return s.buttons
}

// bookIn is the book of the script that runs on L.
func bookIn(L *vm.State) *buttonBook {
	g := runtime.Current(L)
	if g == nil {
		return nil
	}
	return g.Value().(*Env).buttonsOf(g)
}

// keep notes a function, and returns the data of its button.
func (b *buttonBook) keep(fn *vm.Function) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	b.functions[b.last] = fn
	delete(b.functions, b.last-keptFunctions)
	return functionMark + b.tag + b.version + strconv.FormatInt(int64(b.last), 36)
}

// function is what a button runs that was made for it alone; nil if it is gone.
func (b *buttonBook) function(data string) *vm.Function {
	number, ok := strings.CutPrefix(data, functionMark+b.tag+b.version)
	if !ok {
		return nil
	}
	n, err := strconv.ParseInt(number, 36, 32)
	if err != nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.functions[int(n)]
}

// menu is whose button it is; nil if this version of the script has no such menu.
func (b *buttonBook) menu(data string) (m *menu, key, own string) {
	rest, ok := strings.CutPrefix(data, menuMark+b.tag)
	if !ok || len(rest) < 2*shortLength {
		return nil, "", ""
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.menus[rest[:shortLength]], rest[shortLength : 2*shortLength], rest[2*shortLength:]
}

// knows says whether a press runs something.
func (b *buttonBook) knows(data string) bool {
	m, _, _ := b.menu(data)
	return m != nil || b.function(data) != nil
}

// stale says that a button was made by this script, and that what it did is gone.
func (b *buttonBook) stale(data string) bool {
	ours := strings.HasPrefix(data, functionMark+b.tag) || strings.HasPrefix(data, menuMark+b.tag)
	return ours && !b.knows(data)
}

// runsFunction says that a button belongs to a function or a menu of some script.
func runsFunction(data []byte) bool {
	s := string(data)
	return strings.HasPrefix(s, functionMark) || strings.HasPrefix(s, menuMark)
}

// pressedIn is what was pressed, in an event.
func pressedIn(value any) string {
	return string(value.(*telegram.Event).Detail.(*telegram.CallbackQuery).Data)
}
