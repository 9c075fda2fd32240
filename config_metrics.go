package tgscript

import "net"

// Metrics is where a host tells its numbers over HTTP: /metrics for Prometheus, /healthz, /readyz.
type Metrics struct {
	Listen string `yaml:"listen" doc:"Address for /metrics, /healthz and /readyz, such as 127.0.0.1:9464. Default: none."`
	Pprof  bool   `yaml:"pprof" doc:"true: profiles of the process under /debug/pprof/ as well."`
	Public bool   `yaml:"public" doc:"true: listen may be an address that other machines reach. There are no passwords."`
}

// problems are those of the address.
func (m Metrics) problems(add func(path, format string, args ...any)) {
	if m.Listen == "" {
		if m.Pprof || m.Public {
			add("metrics", "metrics need an address: listen: 127.0.0.1:9464")
		}
		return
	}
	host, _, err := net.SplitHostPort(m.Listen)
	switch {
	case err != nil:
		add("metrics.listen", "metrics.listen takes host:port, such as 127.0.0.1:9464, not %s", m.Listen)
	case !m.Public && !loopback(host):
		add("metrics.listen", "metrics.listen %s can be reached from other machines: take 127.0.0.1, or say public: true", m.Listen)
	}
}

// loopback says whether only this machine reaches the host.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
