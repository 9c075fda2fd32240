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

// Client makes the requests of one script. Close it.
type Client struct {
	rules Rules
	dial  dialer
	open  chan struct{}

	mu      sync.Mutex
	closed  bool
	through map[string]*http.Transport // by proxy
}

// New makes a client.
func New(rules Rules) *Client {
	plain := &net.Dialer{Timeout: 15 * time.Second}
	return &Client{
		rules: rules, open: make(chan struct{}, mostOpen), through: map[string]*http.Transport{},
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
	ctx, end := context.WithTimeoutCause(ctx, r.Timeout, ErrLate)
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
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return Response{}, err
	}
	req.Header = r.Header
	client := &http.Client{
		Transport: guard{c.rules, through},
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
		return Response{}, err
	}
	defer answer.Body.Close() // it was read, or isn't wanted
	out := Response{Status: answer.StatusCode, URL: answer.Request.URL.String(), Header: answer.Header}
	if answer.ContentLength > r.Limit && req.Method != http.MethodHead {
		return out, ErrTooLarge
	}
	return out, read(answer.Body, r, &out)
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
