package scene

import (
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings/reference"
)

// TestEditorsTellTestsFromScripts: both have messages, and editors see both files.
func TestEditorsTellTestsFromScripts(t *testing.T) {
	types := string(reference.LuaCATSNamed(TestTable(), "Test", "gives to files of tests"))
	for _, line := range []string{
		"-- What tgscript gives to files of tests.", "---@class TestActor: TestPerson", "---@return TestMessage", "---@type TestSandbox",
		"---@overload fun(name: string, fn: fun(t: TestTrial))", "---@overload fun(value?: any): TestExpectation",
		"---@param wanted TestWanted", "function TestTrial:advance(time) end",
		"---@param answer TestAnswer|TestAnswer[]|fun(request: TestAsked): TestAnswer", "---@return TestAsked[]", "---@field secret? string", "function test.each(cases, name, fn) end",
	} {
		if !strings.Contains(types, line+"\n") && !strings.Contains(types, line+" ") {
			t.Errorf("there is no line %s", line)
		}
	}
	if bad := regexp.MustCompile(`(?m)^---@class (\{|Message|Chat|SendOptions).*$`).FindString(types); bad != "" {
		t.Errorf("it has %s", bad)
	}
	if text, _ := reference.Lookup(TestTable(), "expect"); !strings.Contains(text, "expect([value]) -> Expectation") {
		t.Errorf("expect is explained as %s", text)
	}
}
