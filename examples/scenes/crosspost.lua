-- A scenario for crosspost.lua: a post in News arrives in Workshop.
--   tgscript run --account boss --play scenes/crosspost.lua crosspost.lua
sandbox:person("alice"):send("News", "It rains.")
sandbox:person("bob"):wait("Workshop", { text = "It rains.\n\nNews" })
