package syntax

import "strings"

// isBinary tells operators that have a space on both sides. ^ is left as it is.
func isBinary(text string) bool {
	switch text {
	case "+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", ">", "<=", ">=", "=":
		return true
	}
	return false
}

// isValue tells keywords that end an expression.
func isValue(keyword string) bool {
	return keyword == "end" || keyword == "nil" || keyword == "true" || keyword == "false"
}

// between is the white space between two tokens of a line; gap is how much there was. It never joins what the source
// has apart where that could be read as something else.
func between(a Token, aUnary bool, b Token, bUnary bool, gap int) string {
	kept := ""
	if gap > 0 {
		kept = " "
	}
	switch {
	case b.Kind == Comment: // people line comments up
		return strings.Repeat(" ", max(1, gap))
	case a.Kind == Comment:
		return kept
	case aUnary:
		return afterUnary(a, b)
	case a.Kind == Operator || b.Kind == Operator:
		if space, sure := aroundOperator(a, b, bUnary); sure {
			return space
		}
	}
	switch {
	case isWord(a) && isWord(b):
		return " "
	case a.Kind == Keyword && !isValue(a.Text), b.Kind == Keyword:
		return " "
	}
	return kept
}

func afterUnary(a, b Token) string {
	if a.Text == "not" || strings.HasPrefix(b.Text, "-") { // -- would be a comment
		return " "
	}
	return ""
}

// aroundOperator is the white space where one of two tokens is an operator; sure is false where any will do.
func aroundOperator(a, b Token, bUnary bool) (space string, sure bool) {
	left, right := "", "" // the operators
	if a.Kind == Operator {
		left = a.Text
	}
	if b.Kind == Operator {
		right = b.Text
	}
	switch {
	case left == "::" || right == "::":
		return "", false
	case right == "," || right == ";":
		return "", true
	case left == "{" && right == "}", left == "(", right == ")":
		return "", true
	case left == "," || left == ";", left == "{", right == "}":
		return " ", true
	case left == "[" || right == "]":
		return "", a.Kind != Long && b.Kind != Long && left+right != "[[" // [ [[text]] ] has to stay apart
	case left == "^" || right == "^":
		return "", false
	case isBinary(left), isBinary(right) && !bUnary:
		return " ", true
	case left == "." || right == "." || left == ":" || right == ":":
		return "", a.Kind != Number && b.Kind != Number
	case right == "(":
		return beforeBracket(a)
	case right == "[":
		return "", a.Kind == Name || left == ")" || left == "]"
	}
	return "", false
}

// beforeBracket is what stands before an opening bracket: nothing if it is a call's.
func beforeBracket(a Token) (space string, sure bool) {
	switch {
	case a.Kind == Name, a.Kind == Keyword && a.Text == "function", a.Kind == Operator && (a.Text == ")" || a.Text == "]"):
		return "", true
	case a.Kind == Keyword && !isValue(a.Text):
		return " ", true
	}
	return "", false
}

func isWord(t Token) bool { return t.Kind == Name || t.Kind == Keyword || t.Kind == Number }
