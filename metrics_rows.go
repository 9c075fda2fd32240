package tgscript

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/VictoriaMetrics/metrics"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
)

// metric is a row of what /metrics tells: of the process, of accounts or of scripts.
type metric[T any] struct {
	name, help string
	value      func(T) float64
}

// counters end in _total, as Prometheus wants it; everything else may fall.
func (m metric[T]) kind() string {
	if strings.HasSuffix(m.name, "_total") {
		return "counter"
	}
	return "gauge"
}

var processMetrics = []metric[Status]{
	{"tgscript_ready", "Every account is connected and has loaded its scripts.", func(s Status) float64 { return number(s.Process.Ready) }},
	{"tgscript_accounts", "Accounts of this process.", func(s Status) float64 { return float64(len(s.Accounts)) }},
	{"tgscript_scripts", "Scripts of this process.", func(s Status) float64 { return float64(len(s.Scripts)) }},
}

var accountMetrics = []metric[AccountStatus]{
	{"tgscript_account_connected", "The link to Telegram stands.", func(a AccountStatus) float64 { return number(a.State == telegram.Ready) }},
	{"tgscript_account_connections_total", "Links to Telegram that stood.", func(a AccountStatus) float64 { return float64(a.Connections) }},
	{"tgscript_account_calls_total", "Calls to Telegram.", func(a AccountStatus) float64 { return float64(a.Calls) }},
	{"tgscript_account_calls_failed_total", "Calls to Telegram that ended with an error.", func(a AccountStatus) float64 { return float64(a.Failed) }},
	{"tgscript_account_calls_waiting", "Calls that wait for their turn, or for the end of a pause.", func(a AccountStatus) float64 { return float64(a.held()) }},
	{"tgscript_account_floods_total", "Pauses that Telegram has ordered.", func(a AccountStatus) float64 { return float64(a.Floods) }},
	{"tgscript_account_flood_wait_seconds", "What is left of the longest of them.", AccountStatus.longestPause},
	{"tgscript_account_updates_total", "Messages with updates from Telegram.", func(a AccountStatus) float64 { return float64(a.Updates) }},
	{"tgscript_account_updates_waiting", "Of them those that wait for events before them.", func(a AccountStatus) float64 { return float64(a.Waiting) }},
	{"tgscript_account_last_update_timestamp_seconds", "When the latest came; 0 for none.", func(a AccountStatus) float64 {
		if a.LastUpdate == nil {
			return 0
		}
		return float64(a.LastUpdate.UnixMilli()) / 1000
	}},
}

var scriptMetrics = []metric[ScriptStatus]{
	{"tgscript_script_running", "It serves, and is neither paused nor at its end.", func(s ScriptStatus) float64 { return number(s.State == runtime.StateRunning) }},
	{"tgscript_script_paused", "It is paused.", func(s ScriptStatus) float64 { return number(s.State == runtime.StatePaused) }},
	{"tgscript_script_failed", "No version of it could be loaded.", func(s ScriptStatus) float64 { return number(s.State == runtime.StateFailed) }},
	{"tgscript_script_older", "Its files hold a later version than the one that serves.", func(s ScriptStatus) float64 { return number(s.Older) }},
	{"tgscript_script_generation", "Number of the version that serves.", func(s ScriptStatus) float64 { return float64(s.Generation) }},
	{"tgscript_script_handlers", "Handlers.", func(s ScriptStatus) float64 { return float64(len(s.Handlers)) }},
	{"tgscript_script_handlers_paused", "Handlers that have failed too often.", ScriptStatus.pausedHandlers},
	{"tgscript_script_timers", "Timers.", func(s ScriptStatus) float64 { return float64(len(s.Timers)) }},
	{"tgscript_script_calls", "Calls in flight.", func(s ScriptStatus) float64 { return float64(s.Calls) }},
	{"tgscript_script_queued", "Events that wait for a call.", func(s ScriptStatus) float64 { return float64(s.Queued) }},
	{"tgscript_script_events_total", "Events handled.", func(s ScriptStatus) float64 { return float64(s.Done) }},
	{"tgscript_script_errors_total", "Failed calls and loads.", func(s ScriptStatus) float64 { return float64(s.Errors) }},
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// held counts the calls that are held up.
func (a AccountStatus) held() (calls int) {
	for _, p := range a.Paces {
		calls += p.Waiting
	}
	for _, p := range a.Pauses {
		calls += p.Waiting
	}
	return calls
}

func (a AccountStatus) longestPause() (seconds float64) {
	for _, p := range a.Pauses {
		seconds = max(seconds, p.Seconds)
	}
	return seconds
}

func (s ScriptStatus) pausedHandlers() (paused float64) {
	for _, h := range s.Handlers {
		paused += number(h.Paused)
	}
	return paused
}

// mostLabelled is how many accounts and scripts have series of their own.
const mostLabelled = 500

// writeMetrics tells the status in Prometheus' text format, and what the library knows of the process and of Go.
// https://prometheus.io/docs/instrumenting/exposition_formats/
func writeMetrics(to io.Writer, s Status) {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "# HELP tgscript_info The version.\n# TYPE tgscript_info gauge\ntgscript_info{version=%s} 1\n", label(s.Process.Version))
	writeRows(w, processMetrics, []Status{s}, func(Status) string { return "" })
	writeRows(w, accountMetrics, s.Accounts[:min(len(s.Accounts), mostLabelled)], func(a AccountStatus) string {
		return "{account=" + label(a.Name) + "}"
	})
	writeRows(w, scriptMetrics, s.Scripts[:min(len(s.Scripts), mostLabelled)], func(s ScriptStatus) string {
		return "{account=" + label(s.Account) + ",script=" + label(s.Name) + "}"
	})
	metrics.WriteProcessMetrics(w)
	_ = w.Flush() // the reader is gone
}

func writeRows[T any](w io.Writer, rows []metric[T], of []T, labels func(T) string) {
	names := make([]string, len(of))
	for i, one := range of {
		names[i] = labels(one)
	}
	for _, row := range rows {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", row.name, row.help, row.name, row.kind())
		for i, one := range of {
			fmt.Fprintf(w, "%s%s %s\n", row.name, names[i], strconv.FormatFloat(row.value(one), 'f', -1, 64))
		}
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// label is a label's value in quotes. Only backslash, quote and line break are escaped.
func label(value string) string {
	return `"` + escapes.Replace(value) + `"`
}
