package tgscript_test

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
)

// freeAddress is one that nobody listens at now.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// get is a page of the metrics of a host.
func get(t *testing.T, url, host string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		request.Host = host
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func measured(t *testing.T, m tgscript.Metrics) *stage {
	t.Helper()
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}, Metrics: m}
	return open(t, config, tgscript.Options{NoReload: true}, map[string]string{"echo.lua": version("one")})
}

func TestMetricsAreToldWhereTheConfigSays(t *testing.T) {
	address := freeAddress(t)
	s := measured(t, tgscript.Metrics{Listen: address})
	s.run()
	s.send("@me_account", "a")
	s.expect("one a")
	s.settle()
	status, text := get(t, "http://"+address+"/metrics", "")
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{
		`tgscript_info{version="`, "# TYPE tgscript_script_events_total counter", "# HELP tgscript_account_connected ", "# TYPE tgscript_account_connected gauge",
		"tgscript_ready 1\n", `tgscript_account_connected{account="me"} 1` + "\n", `tgscript_script_events_total{account="me",script="echo"} 1` + "\n",
		`tgscript_script_handlers{account="me",script="echo"} 1` + "\n", "\ngo_goroutines ", "\nprocess_cpu_seconds_total ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/debug/pprof/": 404, "/": 404} {
		if status, _ := get(t, "http://"+address+path, ""); status != want {
			t.Errorf("%s is %d, want %d", path, status, want)
		}
	}
	if status, _ := get(t, "http://"+address+"/metrics", "evil.example"); status != http.StatusForbidden {
		t.Errorf("a page of another name reads the metrics: %d", status)
	}
	other := measured(t, tgscript.Metrics{Listen: address})
	if err := other.host.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "metrics.listen") {
		t.Errorf("two hosts at one address: %v", err)
	}
}

func TestReadyIsToldOnceAllIsLoaded(t *testing.T) {
	s := measured(t, tgscript.Metrics{})
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		s.host.MetricsHandler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w
	}
	if w := ask("/readyz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"me":"loading"`) {
		t.Errorf("before the run: %d %s", w.Code, w.Body)
	}
	s.run()
	if w := ask("/readyz"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"ready":true`) {
		t.Errorf("in the run: %d %s", w.Code, w.Body)
	}
	if w := ask("/healthz"); w.Code != http.StatusOK {
		t.Errorf("health: %d", w.Code)
	}
}

func TestProfilesHaveASwitchOfTheirOwn(t *testing.T) {
	s := measured(t, tgscript.Metrics{Listen: "127.0.0.1:0", Pprof: true})
	for path, want := range map[string]int{"/debug/pprof/": 200, "/debug/pprof/goroutine": 200, "/debug/pprof/cmdline": 404} {
		w := httptest.NewRecorder()
		s.host.MetricsHandler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s is %d, want %d", path, w.Code, want)
		}
	}
}

func TestMetricsStayOnThisMachineUnlessToldOtherwise(t *testing.T) {
	for what, c := range map[string]struct {
		metrics tgscript.Metrics
		want    string
	}{
		"off":                 {tgscript.Metrics{}, ""},
		"loopback":            {tgscript.Metrics{Listen: "127.0.0.1:9464"}, ""},
		"by name":             {tgscript.Metrics{Listen: "localhost:9464"}, ""},
		"IPv6":                {tgscript.Metrics{Listen: "[::1]:9464"}, ""},
		"said otherwise":      {tgscript.Metrics{Listen: "0.0.0.0:9464", Public: true}, ""},
		"all addresses":       {tgscript.Metrics{Listen: ":9464"}, "can be reached from other machines"},
		"another machine's":   {tgscript.Metrics{Listen: "10.0.0.1:9464"}, "can be reached from other machines"},
		"no port":             {tgscript.Metrics{Listen: "127.0.0.1"}, "takes host:port"},
		"profiles of nothing": {tgscript.Metrics{Pprof: true}, "need an address"},
	} {
		config := tgscript.Config{Server: tgscript.Server{Kind: "sandbox"}, Accounts: map[string]*tgscript.Account{"me": {}}, Metrics: c.metrics}
		err := config.Check()
		if e := (*tgscript.ConfigError)(nil); (c.want != "") != errors.As(err, &e) || c.want != "" && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		}
	}
}

var (
	dashboardName = regexp.MustCompile(`\b(tgscript|go|process)_[a-z_]+`)
	metricLine    = regexp.MustCompile(`(?m)^([a-z_]+)[ {]`)
)

// TestTheDashboardShowsWhatThereIs compares docs/grafana.json with what a host tells.
func TestTheDashboardShowsWhatThereIs(t *testing.T) {
	text, err := os.ReadFile("docs/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	s := measured(t, tgscript.Metrics{})
	s.run()
	w := httptest.NewRecorder()
	s.host.MetricsHandler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	told, shown := map[string]bool{}, map[string]bool{}
	for _, line := range metricLine.FindAllStringSubmatch(w.Body.String(), -1) {
		told[line[1]] = true
	}
	for _, panel := range dashboard.Panels {
		if len(panel.Targets) == 0 {
			t.Errorf("%s shows nothing", panel.Title)
		}
		for _, target := range panel.Targets {
			for _, name := range dashboardName.FindAllString(target.Expr, -1) {
				shown[name] = true
				if !told[name] {
					t.Errorf("%s shows %s, which is not told", panel.Title, name)
				}
			}
		}
	}
	if len(shown) < 15 {
		t.Errorf("only %d metrics are shown", len(shown))
	}
}
