package newsroom

import "html/template"

// faces holds one page template a face. They share the parts "text" (the
// paragraphs) and "more" (links to other items, with their dates).
var faces = template.Must(template.New("faces").Parse(`
{{define "text"}}{{range .Parts}}{{if .Caption}}
<figure><img src="/anh/a.jpg" alt=""><figcaption>{{.Text}}</figcaption></figure>{{else}}
<p>{{.Text}}{{if .Linked}}<a href="{{$.Corrects}}">{{.Linked}}</a>{{.After}}{{end}}</p>{{end}}{{end}}{{end}}

{{define "more"}}<div class="related"><h4>Tin liên quan</h4><ul>{{range .Related}}<li><a href="{{.Path}}">{{.Title}}</a> <span>{{.When}}</span></li>{{end}}</ul></div>{{end}}

{{define "full-feed"}}<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{.Title}} | {{.Site.Name}}</title>
<link rel="canonical" href="{{.URL}}"><script type="application/ld+json">{{.Meta}}</script></head>
<body><header><a href="/">{{.Site.Name}}</a><nav><a href="/">Thời sự</a> <a href="/">Kinh tế</a></nav></header>
<main><article><h1 class="title-detail">{{.Title}}</h1><span class="date">{{.When}} (GMT+7)</span>
<p class="description">{{.Lead}}</p><div class="fck_detail">{{template "text" .}}</div>
{{if .SourceLine}}<p class="source">{{.SourceLine}}</p>{{end}}<p class="author">{{.Author}}</p></article>{{template "more" .}}</main>
<footer>Lượt xem: {{.Views}} · Giấy phép số 12/GP-BTTTT ngày 5/1/2024</footer></body></html>{{end}}

{{define "broken-feed"}}<html><head><meta charset="utf-8"><title>{{.Title}}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{{.Title}}"><meta property="og:description" content="{{.Lead}}">
<meta property="article:published_time" content="{{.ISO}}"><meta property="article:modified_time" content="{{.Updated}}"></head>
<body><div id="wrap"><div class="breadcrumb"><a href="/">Trang chủ</a> › <a href="/">Nóng</a></div>
<h1>{{.Title}}</h1><div class="meta">{{.When}} <a class="print" href="/print/{{.ID}}">In bài viết</a></div>
<h2 class="sapo">{{.Lead}}</h2><div class="audio">0:00 / 0:00</div><div class="content">{{template "text" .}}</div>
<div class="byline">{{.Author}}</div>{{if .SourceLine}}<div class="src">{{.SourceLine}}</div>{{end}}
{{template "more" .}}<div class="poll">Theo bạn, thông tin này có hữu ích không?</div><div>Đọc tiếp</div></div></body></html>{{end}}

{{define "redirect"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{.Title}}</title><link rel="canonical" href="{{.URL}}">
<script type="application/ld+json">{{.Meta}}</script></head><body><div class="top">Hôm nay: {{.Clock}}</div>
<div class="article"><h1 class="article-title">{{.Title}}</h1><div class="article-date">{{.When}}</div>
<div class="article-sapo">(PLĐT) - {{.Lead}}</div><div class="article-body">{{template "text" .}}</div>
<div class="article-author">{{.Author}}</div>{{if .SourceLine}}<div class="article-source">{{.SourceLine}}</div>{{end}}</div>
{{template "more" .}}</body></html>{{end}}

{{define "sitemap"}}<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{{.Title}}</h1>
<meta itemprop="datePublished" content="{{.ISO}}"><meta itemprop="dateModified" content="{{.Updated}}">
<p itemprop="description" class="chapo">{{.Lead}}</p><div itemprop="articleBody" class="detail">{{template "text" .}}</div>
<span itemprop="author">{{.Author}}</span>{{if .SourceLine}}<p class="nguon">{{.SourceLine}}</p>{{end}}{{template "more" .}}
<div>Lượt xem: {{.Views}}</div></body></html>{{end}}

{{define "bare"}}<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><title>Báo Tây Bắc</title></head>
<body><table><tr><td class="left">{{template "more" .}}</td><td class="mid"><div class="tieude">{{.Title}}</div>
<div class="ngay">{{.When}}</div><div class="tomtat">{{.Lead}}</div><div class="noidung">{{template "text" .}}</div>
<div class="tacgia">{{.Author}}</div>{{if .SourceLine}}<div class="nguon">{{.SourceLine}}</div>{{end}}</td></tr></table></body></html>{{end}}

{{define "paged"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{.Title}} - Báo Xứ Thanh Mới</title></head>
<body><aside>{{template "more" .}}</aside><section class="post"><h1>{{.Title}}</h1><time>{{.When}}</time>
<div class="lead">{{.Lead}}</div><div class="entry">{{template "text" .}}</div><p class="author">{{.Author}}</p>
{{if .SourceLine}}<p class="source">{{.SourceLine}}</p>{{end}}</section><div>{{.Views}} lượt xem</div></body></html>{{end}}

{{define "atom"}}<!DOCTYPE html><html><head><title>{{.Title}}</title><meta name="pubdate" content="{{.ISO}}"></head>
<body><div class="post"><h1 class="post-title">{{.Title}}</h1><div class="post-time">{{.When}}</div>
<div class="post-lead">{{.Lead}}</div><div class="post-content">{{template "text" .}}</div>
<div class="post-author">{{.Author}}</div>{{if .SourceLine}}<div class="post-source">{{.SourceLine}}</div>{{end}}</div>{{template "more" .}}</body></html>{{end}}

{{define "json"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body><div class="player">00:00 / 02:31</div><h1>{{.Title}}</h1><div class="time">{{.When}}</div>
<div class="sapo">{{.Lead}}</div><div class="body">{{template "text" .}}</div><div class="reporter">{{.Author}}</div>
{{if .SourceLine}}<div class="source">{{.SourceLine}}</div>{{end}}{{template "more" .}}</body></html>{{end}}

{{define "sharepoint"}}<!DOCTYPE html><html><head><meta name="GENERATOR" content="Microsoft SharePoint"><meta charset="utf-8"><title>{{.Title}}</title></head>
<body><a href="#main">Skip Ribbon Commands</a> <a href="#main">Skip to main content</a><div class="clock">{{.Clock}}</div>
<div id="main"><div class="ArticleTitle">{{.Title}}</div><div class="ArticleDate">{{.When}}</div>
<div class="ArticleSummary">{{.Lead}}</div><div class="ArticleContent">{{template "text" .}}</div>
<div class="ArticleAuthor">{{.Author}}</div>{{if .SourceLine}}<div class="ArticleSource">{{.SourceLine}}</div>{{end}}</div>
{{template "more" .}}<div>Cổng dịch vụ công Quốc gia</div><div>Lượt xem: {{.Views}}</div><a href="#">Top</a></body></html>{{end}}

{{define "petition"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hỏi đáp - {{.Title}}</title></head>
<body><a href="#main">Skip to main content</a><div class="clock">{{.Clock}}</div><div id="main"><h2>Ý kiến công dân</h2>
<div class="QuestionTitle">{{.Title}}</div><div class="QuestionDate">{{.When}}</div><div class="QuestionSender">{{.Author}}</div>
<div class="QuestionContent">{{template "text" .}}</div></div><div>Lượt xem: {{.Views}}</div></body></html>{{end}}

{{define "nukeviet"}}<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="generator" content="NukeViet v4.5"><title>{{.Title}}</title>
<meta property="og:title" content="{{.Title}}"></head><body><div class="breadcrumbs">Trang nhất › Tin Tức</div>
<div class="news_column"><h1 class="title">{{.Title}}</h1><em class="time">{{.When}}</em><div class="hometext">{{.Lead}}</div>
<div id="news-bodyhtml" class="bodytext">{{template "text" .}}</div><p class="text-right"><strong>Tác giả: </strong><span class="author">{{.Author}}</span></p>
{{if .SourceLine}}<p class="text-right source">{{.SourceLine}}</p>{{end}}</div>{{template "more" .}}<div>Đang truy cập: 57 · Tổng lượt: {{.Views}}</div></body></html>{{end}}

{{define "liferay"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{.Title}} - Bộ Tài chính</title></head>
<body class="yui3-skin-sam"><div class="portlet-asset-publisher"><h3 class="asset-title">{{.Title}}</h3><span class="metadata-publish-date">{{.When}}</span>
<div class="asset-summary">{{.Lead}}</div><div class="journal-content-article">{{template "text" .}}</div><div class="asset-author">{{.Author}}</div>
{{if .SourceLine}}<div class="asset-source">{{.SourceLine}}</div>{{end}}</div>{{template "more" .}}</body></html>{{end}}

{{define "commune"}}<html><head><title>Phường Hạc Thành</title></head><body><div class="banner">{{.Clock}}</div>
<div class="box"><b class="tin-tieu-de">{{.Title}}</b><div class="tin-ngay">{{.When}}</div><div class="tin-tom-tat">{{.Lead}}</div>
<div class="tin-noi-dung">{{template "text" .}}</div><div class="tin-tac-gia">{{.Author}}</div>
{{if .SourceLine}}<div class="tin-nguon">{{.SourceLine}}</div>{{end}}</div>{{template "more" .}}
<div>Thư viện hình ảnh</div><div>Đang trực tuyến: 573</div><div>Số lượt truy cập: {{.Views}}</div></body></html>{{end}}

{{define "forum"}}<!DOCTYPE html><html><head><meta charset="utf-8"><title>{{.Title}} | Diễn đàn Ngõ Nhỏ</title></head>
<body><h1 class="p-title">{{.Title}}</h1><div class="message"><span class="username">{{.Author}}</span> <time datetime="{{.ISO}}">{{.When}}</time>
<div class="bbWrapper">{{template "text" .}}</div></div></body></html>{{end}}
`))
