// Package trial runs tests of scripts: files of Lua that end in _test.lua and play people of a sandbox.
//
// Each test has a sandbox of its own, and a clock that stands still until the test moves it: hosts, scripts, timers
// and the sandbox all read that one clock, so that a test of an hour takes a few milliseconds and always goes the
// same way. Scripts run in the real host and talk to the sandbox over MTProto. bindings/scene has what tests see.
package trial
