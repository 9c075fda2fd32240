package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

// mostOpen is how many requests of one client are open at a time; others wait.
const mostOpen = 32

// mostProxies is how many proxies a client keeps connections through.
const mostProxies = 16

// Options say how a client is, where it isn't as usual.
type Options struct {
	// Answer stands in for the network; nil, nil leaves a request to the network. It is asked for what the rules allow.
	Answer func(*http.Request) (*http.Response, error)
	// Within measures the time-outs of what Answer answers; nil does it by the machine's clock, as is done for the network.
	Within func(ctx context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc)
}

// Client makes the requests of one script. Close it.
type Client struct {
	rules Rules
	opts  Options
	dial  dialer
	open  chan struct{}

	mu      sync.Mutex
	closed  bool
	through map[string]*http.Transport // by proxy
}

// New makes a client.
func New(rules Rules, opts Options) *Client {
	if opts.Within == nil || opts.Answer == nil {
		opts.Within = context.WithTimeoutCause
	}
	plain := &net.Dialer{Timeout: 15 * time.Second}
	return &Client{
		rules: rules, opts: opts, open: make(chan struct{}, mostOpen), through: map[string]*http.Transport{},
		dial: dialer{rules, func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}, plain.DialContext},
	}
}

// Close ends the connections that are kept.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for _, t := range c.through {
		t.CloseIdleConnections()
	}
}

// transport is the one through a proxy, or without.
func (c *Client) transport(proxy string) (*http.Transport, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.through[proxy]; t != nil {
		return t, nil
	}
	t := &http.Transport{
		DialContext: c.dial.connect, ForceAttemptHTTP2: true, MaxIdleConns: 16, IdleConnTimeout: time.Minute,
		TLSHandshakeTimeout: 15 * time.Second, MaxResponseHeaderBytes: 1 << 20, DisableKeepAlives: c.closed,
	}
	if proxy != "" {
		u, err := url.Parse(proxy)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" && u.Scheme != "socks5h" {
			return nil, errors.New(`a proxy is written as "http://user:password@host:port" or "socks5://host:port"`)
		}
		if err := c.rules.Allowed(u.Host); err != nil {
			return nil, err
		}
		t.Proxy = http.ProxyURL(u)
		if len(c.through) > mostProxies {
			t.DisableKeepAlives = true
			return t, nil
		}
	}
	c.through[proxy] = t
	return t, nil
}

// Request is what to ask.
type Request struct {
	Method, URL string
	Header      http.Header
	Body        string
	Timeout     time.Duration
	Limit       int64 // bytes of the answer's body, after it was unpacked
	Redirects   int   // how many are followed
	Proxy       string
	Save        func(fill func(to io.Writer) error) error // where the body goes; nil keeps it in the Response
}

// Response is what was answered.
type Response struct {
	Status int
	URL    string // where redirects have led to
	Header http.Header
	Body   string
	Size   int64
}

// Error says that there was no answer.
type Error struct {
	URL string
	Err error
}

func (e *Error) Error() string { return "request " + e.URL + ": " + e.Err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// LuaFields are what scripts see on the caught error.
func (e *Error) LuaFields() map[string]any {
	return map[string]any{"kind": "HTTP", "message": e.Error(), "url": e.URL}
}

// Errors of Do that say that a bound was reached.
var (
	ErrLate     = errors.New("it took too long")
	ErrTooLarge = errors.New("the answer is too large")
)

// Do makes a request and reads the answer. Errors of the rules are returned as they are.
func (c *Client) Do(ctx context.Context, r Request) (Response, error) {
	ctx, end := c.opts.Within(ctx, r.Timeout, ErrLate)
	defer end()
	select {
	case c.open <- struct{}{}:
		defer func() { <-c.open }()
	case <-ctx.Done():
		return Response{}, context.Cause(ctx)
	}
	answer, err := c.do(ctx, r)
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil:
		return answer, context.Cause(ctx)
	case errors.Is(err, ErrLate): // an answer's word
		return answer, ErrLate
	}
	if inner := (*url.Error)(nil); errors.As(err, &inner) {
		err = inner.Err
	}
	if own := interface{ LuaFields() map[string]any }(nil); errors.As(err, &own) || errors.Is(err, ErrTooLarge) {
		return answer, err
	}
	return answer, &Error{shown(r.URL), err}
}

func (c *Client) do(ctx context.Context, r Request) (Response, error) {
	through, err := c.transport(r.Proxy)
	if err != nil {
		return Response{}, err
	}
	var road http.RoundTripper = through
	if c.opts.Answer != nil {
		var end func()
		ctx, road, end = c.opts.standIn(ctx, r.Timeout, through)
		defer end()
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return Response{}, err
	}
	req.Header = r.Header
	client := &http.Client{
		Transport: guard{c.rules, road},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			switch {
			case r.Redirects == 0:
				return http.ErrUseLastResponse
			case len(via) > r.Redirects:
				return fmt.Errorf("more than %d redirects", r.Redirects)
			}
			return nil
		},
	}
	answer, err := client.Do(req)
	if err != nil {
		return Response{}, caused(ctx, err)
	}
	defer answer.Body.Close() // it was read, or isn't wanted
	out := Response{Status: answer.StatusCode, URL: answer.Request.URL.String(), Header: answer.Header}
	if answer.ContentLength > r.Limit && req.Method != http.MethodHead {
		return out, ErrTooLarge
	}
	return out, caused(ctx, read(answer.Body, r, &out))
}

// caused is why a request has failed.
func caused(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// read takes the body. It is unpacked already: a small one may become very large.
func read(body io.Reader, r Request, out *Response) error {
	fill := func(to io.Writer) error {
		n, err := io.Copy(to, io.LimitReader(body, r.Limit+1))
		if out.Size = n; err == nil && n > r.Limit {
			err = ErrTooLarge
		}
		return err
	}
	if r.Save != nil && out.Status < 300 {
		return r.Save(fill)
	}
	var text strings.Builder
	err := fill(&text)
	out.Body = text.String()
	return err
}

// shown is an address without its secrets.
func shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address"
	}
	if u.RawQuery != "" {
		u.RawQuery = "..."
	}
	return u.Redacted()
}
