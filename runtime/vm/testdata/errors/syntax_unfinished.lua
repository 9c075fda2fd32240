local x = (
