package spec_test

import "testing"

func TestIterators(t *testing.T) {
	check(t, [][3]string{
		{"a loop goes through a cursor", `local n = 0 for p in rex:iter_walks(2) do n = n + #p.name break end return n`, "3"},
		{"a loop over nothing", `for p in rex:iter_walks(0) do return "never" end return "none"`, "none"},
		{"the arguments are checked before the loop", `rex:iter_walks()`, "error: iter_walks: argument 1 (count): number expected, got nil"},
		{"an error in opening it", `local ok, e = pcall(rex.iter_walks, rex, -1) return e.kind`, "TOO_FEW"},
		{"an error in the loop can be caught, and the loop gone on with", `
			local seen, next = 0, rex:iter_walks(3)
			while true do
				local ok, one = pcall(next)
				if not ok then seen = seen .. one.kind elseif one == nil then return seen else seen = seen .. "." end
			end`, "0..TIRED."},
		{"a cursor of one's own", `local next = rex:iter_walks(1) return next().name, next()`, "Rex nil"},
		{"a dot for a colon", `rex.iter_walks(1)`, "error: iter_walks: use pet:iter_walks, not pet.iter_walks"},
	})
}

func TestLists(t *testing.T) {
	check(t, [][3]string{
		{"a list has its elements", `local l = rex:get_walks(2) return #l, l[2].name`, "2 Rex"},
		{"a list knows how many there are in all", `return rex:get_walks(0).total`, "7"},
		{"ipairs does not meet the total", `local n = 0 for _ in ipairs(rex:get_walks(3)) do n = n + 1 end return n`, "3"},
	})
}
