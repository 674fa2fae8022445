package feed

// Plain is what the tests compare titles with.
func Plain(s string) string { return plain(s) }
