local function send()
  flood("hello")
end
send()
