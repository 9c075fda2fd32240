package control

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// duration is written as "1m30s".
type duration time.Duration

func (d *duration) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("a time is a text such as \"1m30s\", not %s", data)
	}
	v, err := time.ParseDuration(text)
	*d = duration(v)
	return err
}

// injected answers with the number by which a fault can be healed.
func (c *Server) injected(cancel func()) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	c.faults[c.last] = cancel
	return map[string]int{"fault": c.last}
}

// fault lets calls go wrong: see sandbox.Fault.
func (c *Server) fault(_ context.Context, in struct {
	Account   string   `json:"account"`
	Method    string   `json:"method"`
	Times     int      `json:"times"`
	Code      int      `json:"code"`
	Message   string   `json:"message"`
	FloodWait int      `json:"flood_wait"` // seconds; in place of code and message
	Cut       bool     `json:"cut"`
	After     bool     `json:"after"`
	Delay     duration `json:"delay"`
	Stall     bool     `json:"stall"`
	Tear      bool     `json:"tear"`
}) (any, error) {
	if in.Method != "" && !slices.Contains(sandbox.Methods(), in.Method) {
		return nil, fmt.Errorf("%w: no method %q is emulated", errOrder, in.Method)
	}
	f := sandbox.Fault{
		Account: in.Account, Method: in.Method, Times: in.Times, Code: in.Code, Message: in.Message,
		Cut: in.Cut, After: in.After, Delay: time.Duration(in.Delay), Stall: in.Stall, Tear: in.Tear,
	}
	if in.FloodWait > 0 {
		wait := sandbox.FloodWait(in.Method, in.FloodWait)
		f.Code, f.Message = wait.Code, wait.Message
	}
	return c.injected(c.sandbox.Inject(f)), nil
}

// disturb lets updates go wrong: see sandbox.UpdateFault.
func (c *Server) disturb(_ context.Context, in struct {
	Account string   `json:"account"`
	Times   int      `json:"times"`
	Lose    bool     `json:"lose"`
	Twice   bool     `json:"twice"`
	Reorder bool     `json:"reorder"`
	Delay   duration `json:"delay"`
	Cut     bool     `json:"cut"`
	Tear    bool     `json:"tear"`
}) (any, error) {
	return c.injected(c.sandbox.Disturb(sandbox.UpdateFault{
		Account: in.Account, Times: in.Times, Lose: in.Lose, Twice: in.Twice, Reorder: in.Reorder,
		Delay: time.Duration(in.Delay), Cut: in.Cut, Tear: in.Tear,
	})), nil
}

// heal ends one fault, or all of them for 0.
func (c *Server) heal(_ context.Context, in struct {
	Fault int `json:"fault"`
}) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if in.Fault == 0 {
		for _, cancel := range c.faults {
			cancel()
		}
		clear(c.faults)
		return nil, nil
	}
	cancel := c.faults[in.Fault]
	if cancel == nil {
		return nil, fmt.Errorf("%w: there is no fault %d", errOrder, in.Fault)
	}
	cancel()
	delete(c.faults, in.Fault)
	return nil, nil
}

// account does something to all sessions of an account.
func (c *Server) account(_ context.Context, in struct {
	Account string `json:"account"`
	Do      string `json:"do"`
}) (any, error) {
	s := c.sandbox
	orders := map[string]func(string) error{
		"drop": s.Drop, "revoke": s.Revoke, "duplicate": s.Duplicate, "forget": s.ForgetKeys,
		"ban":   func(name string) error { return s.Ban(name, true) },
		"unban": func(name string) error { return s.Ban(name, false) },
	}
	do := orders[in.Do]
	if do == nil {
		return nil, fmt.Errorf("%w: do is one of %s", errOrder, strings.Join(slices.Sorted(maps.Keys(orders)), ", "))
	}
	return nil, do(in.Account)
}

// clock moves the virtual clock, or makes MTProto's time wrong.
func (c *Server) clock(_ context.Context, in struct {
	Advance duration  `json:"advance"`
	Skew    *duration `json:"skew"`
}) (any, error) {
	if in.Advance < 0 {
		return nil, fmt.Errorf("%w: time goes forward alone", errOrder)
	}
	if in.Advance > 0 {
		if err := c.sandbox.Advance(time.Duration(in.Advance)); err != nil {
			return nil, err
		}
	}
	if in.Skew != nil {
		c.sandbox.Skew(time.Duration(*in.Skew))
	}
	return map[string]time.Time{"now": c.sandbox.Now().UTC()}, nil
}

// files lets all file references expire.
func (c *Server) files(_ context.Context, in struct {
	Expire bool `json:"expire"`
}) (any, error) {
	if !in.Expire {
		return nil, fmt.Errorf("%w: %q is missing", errOrder, "expire")
	}
	c.sandbox.ExpireFiles()
	return nil, nil
}

func (c *Server) restart(_ context.Context, in struct {
	Forget bool `json:"forget"`
}) (any, error) {
	return nil, c.sandbox.Restart(in.Forget)
}

func (c *Server) reset(context.Context, struct{}) (any, error) { return nil, c.sandbox.Reset() }
