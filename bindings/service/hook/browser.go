package hook

import (
	"net"
	"net/http"
	"strings"
)

// A port of this machine alone can be reached by every page that a browser on it shows. Such a page either has a name
// that leads to this machine (and reads what is answered), or posts from another site.

// misled says whether a request is one that a page has talked a browser into. What a proxy hands on is not: it comes in
// at another port than ours, or says for whom it asks, which a page may not say without asking first.
func (r *Route) misled(asked *http.Request) bool {
	own := r.on.socket.Addr().String()
	if !Loopback(own) {
		return false
	}
	_, ownPort, _ := net.SplitHostPort(own)
	host, port, err := net.SplitHostPort(asked.Host)
	if err != nil {
		host, port = strings.Trim(asked.Host, "[]"), "80"
	}
	if port != ownPort {
		return false
	}
	if name := strings.ToLower(host); net.ParseIP(host) == nil && name != "localhost" && !strings.HasSuffix(name, ".localhost") {
		return true
	}
	return r.handler.Verify == nil && asked.Header.Get("Sec-Fetch-Site") == "cross-site" &&
		asked.Header.Get("X-Forwarded-For") == "" && asked.Header.Get("Forwarded") == ""
}
