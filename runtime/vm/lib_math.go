package vm

import (
	"math"
	"math/rand/v2"
)

// mathFunctions takes the place of stock ones that crash, surprise or change the whole process.
func mathFunctions() map[string]GoFunction {
	source := rand.NewPCG(rand.Uint64(), rand.Uint64())
	random := rand.New(source)
	return map[string]GoFunction{
		"random": func(L *State) int {
			low, high := 1.0, 0.0
			switch L.GetTop() {
			case 0:
				return pushNumber(L, random.Float64())
			case 1:
				high = math.Floor(argNumber(L, 1))
			default:
				low, high = math.Floor(argNumber(L, 1)), math.Floor(argNumber(L, 2))
			}
			if !(low <= high) || high-low >= 1<<53 {
				ArgumentError(L, min(L.GetTop(), 2), "interval is empty or too large")
			}
			return pushNumber(L, low+float64(random.Int64N(int64(high-low)+1)))
		},
		"randomseed": func(L *State) int {
			source.Seed(math.Float64bits(argNumber(L, 1)), 0)
			return 0
		},
		"log": func(L *State) int { // with a base, as in later versions
			x := math.Log(argNumber(L, 1))
			if L.Get(2) != Nil {
				x /= math.Log(argNumber(L, 2))
			}
			return pushNumber(L, x)
		},
		"mod": func(L *State) int { return pushNumber(L, math.Mod(argNumber(L, 1), argNumber(L, 2))) },
	}
}
