package archive

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is an S3-compatible bucket, or the part of it below a prefix. It may
// be used by many goroutines.
type Bucket struct {
	client *minio.Client
	name   string
	prefix string
	where  string
}

// Keys are the account under which a bucket is used.
type Keys struct{ Access, Secret string }

// NewBucket makes the client of a bucket. It does not connect.
func NewBucket(c BucketConfig, k Keys) (*Bucket, error) {
	u, err := url.Parse(c.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("archive: bucket: %w", err)
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(k.Access, k.Secret, ""), Secure: u.Scheme == "https",
		Region:     cmp.Or(c.Region, "us-east-1"),
		MaxRetries: 2, // the upload loop tries again and tells of it
	})
	if err != nil {
		return nil, fmt.Errorf("archive: bucket: %w", err)
	}
	client.SetAppInfo("diembao", "1")
	prefix := strings.Trim(c.Prefix, "/")
	if prefix != "" {
		prefix += "/"
	}
	return &Bucket{client: client, name: c.Name, prefix: prefix, where: u.Host + "/" + c.Name + "/" + prefix}, nil
}

// Where names the bucket for people: host/bucket/prefix.
func (b *Bucket) Where() string { return b.where }

// Check reports whether the bucket answers and is there.
func (b *Bucket) Check(ctx context.Context) error {
	found, err := b.client.BucketExists(ctx, b.name)
	if err != nil {
		return fmt.Errorf("archive: bucket %s: %w", b.where, err)
	}
	if !found {
		return fmt.Errorf("archive: bucket %s: there is no such bucket", b.where)
	}
	return nil
}

// upload puts a local file under a key, whole or not at all, and looks whether
// it arrived.
func (b *Bucket) upload(ctx context.Context, key, path, contentType string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("archive: upload: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("archive: upload: %w", err)
	}
	// One request: an upload in parts that is cut short leaves parts behind
	// that nobody sees and somebody pays for.
	_, err = b.client.PutObject(ctx, b.name, b.prefix+key, f, info.Size(),
		minio.PutObjectOptions{ContentType: contentType, DisableMultipart: true, SendContentMd5: true})
	if err != nil {
		return fmt.Errorf("archive: upload %s: %w", key, err)
	}
	there, err := b.client.StatObject(ctx, b.name, b.prefix+key, minio.StatObjectOptions{})
	if err != nil {
		return fmt.Errorf("archive: upload %s: look again: %w", key, err)
	}
	if there.Size != info.Size() {
		return fmt.Errorf("archive: upload %s: %d of %d bytes arrived", key, there.Size, info.Size())
	}
	return nil
}

// section reads a part of an object.
func (b *Bucket) section(ctx context.Context, key string, offset, length int64) (io.ReadCloser, error) {
	var o minio.GetObjectOptions
	if length > 0 {
		if err := o.SetRange(offset, offset+length-1); err != nil {
			return nil, fmt.Errorf("archive: bucket: %s: %w", key, err)
		}
	}
	object, err := b.client.GetObject(ctx, b.name, b.prefix+key, o)
	if err == nil {
		_, err = object.Stat() // the request is made now
	}
	switch {
	case minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		return nil, fmt.Errorf("%w: %s is not in the bucket", ErrNone, key)
	case err != nil:
		return nil, fmt.Errorf("archive: bucket: read %s: %w", key, err)
	}
	return object, nil
}

// object is what a listing says of one.
type object struct {
	key  string // below the prefix
	size int64
	time time.Time // when it was uploaded
}

// list calls f for every object below a prefix.
func (b *Bucket) list(ctx context.Context, below string, f func(object) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix + below, Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("archive: bucket: list: %w", o.Err)
		}
		if err := f(object{strings.TrimPrefix(o.Key, b.prefix), o.Size, o.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// remove deletes an object; one that is not there is no error.
func (b *Bucket) remove(ctx context.Context, key string) error {
	err := b.client.RemoveObject(ctx, b.name, b.prefix+key, minio.RemoveObjectOptions{})
	if err != nil {
		return fmt.Errorf("archive: bucket: remove %s: %w", key, err)
	}
	return nil
}
