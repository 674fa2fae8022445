package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// What a fetch may fail with besides what the network says.
var (
	ErrTarget    = errors.New("target is not allowed: private, loopback, link-local or metadata address")
	ErrRobots    = errors.New("robots.txt forbids it")
	ErrTooLarge  = errors.New("body is too large")
	ErrRedirects = errors.New("too many redirects")
)

// StatusError is an answer that is no page.
type StatusError struct {
	URL        string
	Code       int
	RetryAfter time.Duration // 0 if the server did not say
}

func (e *StatusError) Error() string { return fmt.Sprintf("fetch: %s: status %d", e.URL, e.Code) }

// HeldError says that the host has asked for quiet (Retry-After) and until when.
type HeldError struct {
	Host  string
	Until time.Time
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("fetch: %s: asked for quiet until %s", e.Host, e.Until.Format(time.RFC3339))
}

func retryAfter(resp *http.Response, now time.Time) time.Duration {
	text := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		return min(time.Duration(min(seconds, 86400))*time.Second, maxHold)
	}
	if when, err := http.ParseTime(text); err == nil && when.After(now) {
		return min(when.Sub(now), maxHold)
	}
	return 0
}

// Explain says in Vietnamese what an error of this package means to the keeper
// of a source list.
func Explain(err error) string {
	var status *StatusError
	var held *HeldError
	var dns *net.DNSError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrTarget):
		return "Địa chỉ thuộc mạng nội bộ, không được phép truy cập."
	case errors.Is(err, ErrRobots):
		return "Trang không cho phép thu thập (robots.txt)."
	case errors.Is(err, ErrTooLarge):
		return "Trang quá lớn."
	case errors.Is(err, ErrRedirects):
		return "Trang chuyển hướng quá nhiều lần."
	case errors.As(err, &held):
		return "Máy chủ yêu cầu tạm dừng truy cập."
	case errors.As(err, &status):
		return explainStatus(status.Code)
	case errors.As(err, &dns):
		return "Không tìm thấy tên miền."
	case errors.Is(err, context.DeadlineExceeded):
		return "Máy chủ trả lời quá chậm."
	}
	return "Không kết nối được với máy chủ."
}

func explainStatus(code int) string {
	switch {
	case code == http.StatusNotFound || code == http.StatusGone:
		return "Trang không còn tồn tại."
	case code == http.StatusTooManyRequests:
		return "Máy chủ yêu cầu truy cập chậm lại."
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return "Máy chủ từ chối truy cập."
	case code >= 500:
		return "Máy chủ đang gặp lỗi."
	}
	return fmt.Sprintf("Máy chủ trả lời mã %d.", code)
}
