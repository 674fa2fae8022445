package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/encoder"
	"github.com/diembao/diembao/processor/eval"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/train"
)

// evalFlags are what `diembao eval` is asked.
type evalFlags struct {
	data, articles             []string
	models, vectors            string
	quick, bare, cross, asJSON bool
	answers                    bool
}

func newEval() *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Use: "eval --data FILE…", Args: cobra.NoArgs, Short: "precision, recall and F1 per class, calibration and abstention on labelled files",
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case len(f.articles) > 0:
				return f.newspaper(cmd.OutOrStdout())
			case f.answers:
				return f.links(cmd.Context(), cmd.OutOrStdout())
			}
			report, err := f.measure(cmd.Context(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if f.asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			return report.Write(cmd.OutOrStdout())
		},
	}
	c.Flags().StringSliceVar(&f.data, "data", nil, "labelled files, JSON lines (or patterns)")
	c.Flags().StringVar(&f.models, "models", "", "folder that `diembao train` wrote; default: the models in this program")
	c.Flags().StringVar(&f.vectors, "vectors", "", "file that remembers what the encoder read")
	c.Flags().StringSliceVar(&f.articles, "articles", nil, "newspaper articles with their sections: measure newspaper.bin in --models")
	c.Flags().BoolVar(&f.quick, "quick", false, "measure the quick reading only")
	c.Flags().BoolVar(&f.bare, "bare", false, "measure the texts written without diacritics")
	c.Flags().BoolVar(&f.cross, "cross", false, "train on three quarters of the files and measure on the fourth, in turn")
	c.Flags().BoolVar(&f.answers, "answers", false, "measure how often an answer finds the question it answers")
	c.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
	return c
}

// links measures the linking of answers: by words, with the encoder's vectors,
// and with the thread that the answer stands in.
func (f evalFlags) links(ctx context.Context, out io.Writer) (err error) {
	files, err := labelledFiles("--data", f.data)
	if err != nil {
		return err
	}
	m, err := openModels(f.models)
	if err != nil {
		return err
	}
	enc, err := openEncoder(f.vectors)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, enc.Close()) }()
	fmt.Fprintf(out, "| by | answers | questions | first | among three |\n|---|---|---|---|---|\n")
	for _, by := range []struct {
		name    string
		reader  judge.Reader
		threads bool
	}{{"words", nil, false}, {"words and vectors", enc, false}, {"words, vectors and thread", enc, true}} {
		l, err := eval.Answers(ctx, files, m, by.reader, by.threads)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %d | %d | %.2f | %.2f |\n", by.name, l.Answers, l.Questions, l.At1, l.At3)
	}
	return nil
}

// measure judges the files with given models, or with models trained on the
// rest of them.
func (f evalFlags) measure(ctx context.Context, progress io.Writer) (r eval.Report, err error) {
	files, err := labelledFiles("--data", f.data)
	if err != nil {
		return r, err
	}
	steps, err := recognisers()
	if err != nil {
		return r, err
	}
	var reader judge.Reader
	if !f.quick {
		enc, failed := openEncoder(f.vectors)
		if failed != nil {
			return r, failed
		}
		defer func() { err = errors.Join(err, enc.Close()) }()
		reader = enc
	}
	if f.cross {
		return eval.CrossValidate(ctx, train.Options{
			Files: files, Tag: tagger(steps), Encoder: reader, Log: logTo(progress),
		})
	}
	m, err := openModels(f.models)
	if err != nil {
		return r, err
	}
	return eval.Run(ctx, eval.Options{Files: files, Models: m, Bare: f.bare, Reader: reader, Recognise: steps})
}

// newspaper measures the model of newspaper sections.
func (f evalFlags) newspaper(out io.Writer) error {
	articles, err := readArticles(f.articles)
	if err != nil {
		return err
	}
	m, err := train.OpenNewspaper(f.models)
	if err != nil {
		return usage(err)
	}
	table, rate := eval.Newspaper(m, articles)
	if f.asJSON {
		return printJSON(out, table)
	}
	if err := eval.Write(out, []eval.Table{table}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n%.0f articles a second\n", rate)
	return err
}

// trainFlags are what `diembao train` is asked.
type trainFlags struct {
	data, articles       []string
	out, vectors, report string
	quick                bool
}

func newTrain() *cobra.Command {
	var f trainFlags
	c := &cobra.Command{
		Use: "train --data FILE… --out FOLDER", Args: cobra.NoArgs,
		Short: "build every model but the encoder from labelled files; the same files give the same bytes",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.out == "" {
				return usage(errors.New("train: name the folder for the models with --out"))
			}
			if len(f.articles) > 0 {
				return f.newspaper(cmd.Context())
			}
			return f.train(cmd.Context(), cmd.ErrOrStderr())
		},
	}
	c.Flags().StringSliceVar(&f.data, "data", nil, "labelled files, JSON lines (or patterns)")
	c.Flags().StringSliceVar(&f.articles, "articles", nil, "newspaper articles with their sections: build newspaper.bin instead")
	c.Flags().StringVar(&f.out, "out", "", "folder for the models")
	c.Flags().StringVar(&f.vectors, "vectors", "", "file that remembers what the encoder read, so that the next training need not")
	c.Flags().StringVar(&f.report, "report", "", "file for the tables of how texts held out in turn were judged")
	c.Flags().BoolVar(&f.quick, "quick", false, "train the quick models only")
	return c
}

func (f trainFlags) train(ctx context.Context, progress io.Writer) (err error) {
	o := train.Options{Out: f.out, Log: logTo(progress)}
	if o.Files, err = labelledFiles("--data", f.data); err != nil {
		return err
	}
	steps, err := recognisers()
	if err != nil {
		return err
	}
	o.Tag = tagger(steps)
	if !f.quick {
		enc, failed := openEncoder(f.vectors)
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, enc.Close()) }()
		o.Encoder, o.Model, o.Pooled = enc, enc.Config().SHA256, enc.Config().Hidden
	}
	var outcomes []train.Outcome
	if f.report != "" {
		o.Outcomes = func(all []train.Outcome) { outcomes = all }
	}
	if err := train.Run(ctx, o); err != nil || f.report == "" {
		return err
	}
	return writeReport(f.report, eval.FromOutcomes(outcomes))
}

func writeReport(path string, r eval.Report) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("train: writing report: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return r.Write(file)
}

func (f trainFlags) newspaper(ctx context.Context) error {
	articles, err := readArticles(f.articles)
	if err != nil {
		return err
	}
	m, err := train.Newspaper(ctx, articles)
	if err != nil {
		return err
	}
	return train.WriteNewspaper(f.out, m)
}

// labelledFiles expands patterns; a name that matches nothing is a mistake.
func labelledFiles(flag string, data []string) ([]string, error) {
	var files []string
	for _, pattern := range data {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			return nil, usage(fmt.Errorf("%s %s: no such file", flag, pattern))
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, usage(fmt.Errorf("name labelled files with %s", flag))
	}
	return files, nil
}

func readArticles(data []string) (all []train.Article, err error) {
	files, err := labelledFiles("--articles", data)
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, usage(err)
		}
		articles, err := train.ReadArticles(file)
		file.Close()
		if err != nil {
			return nil, usage(fmt.Errorf("%s: %w", name, err))
		}
		all = append(all, articles...)
	}
	return all, nil
}

func openModels(folder string) (*judge.Models, error) {
	if folder == "" {
		return judge.Open(judge.Shipped())
	}
	m, err := judge.Open(os.DirFS(folder))
	return m, usage(err)
}

// trainers is how many goroutines the encoder may use here: nothing else runs.
const trainers = 2

// openEncoder opens the shipped encoder; vectors names the file that remembers
// what it read, "" remembers nothing longer than this run.
func openEncoder(vectors string) (*encoder.Memo, error) {
	enc, err := encoder.Open(encoder.Reader(), encoder.Options{Helpers: trainers})
	if err != nil {
		return nil, fmt.Errorf("encoder: %w", err)
	}
	memo, err := encoder.OpenMemo(enc, vectors)
	return memo, usage(err)
}

// recognisers are the steps that find, with the shipped registry, what judging
// asks for.
func recognisers() ([]processor.Step, error) {
	r, err := configs.LoadRegistry(configs.RegistryFiles{}, "")
	if err != nil {
		return nil, usage(err)
	}
	return []processor.Step{language.NewStep(), document.NewStep(knownDocuments(r)), policy.NewStep(r.Policies)}, nil
}

// tagger finds policies as the reading does.
func tagger(steps []processor.Step) train.Tagger {
	pipeline := processor.NewPipeline(steps...)
	return func(o mention.Origin, t mention.Text) []mention.PolicyHit {
		m := &mention.Mention{Origin: o, Text: t}
		if err := pipeline.Read(context.Background(), m); err != nil {
			return nil // the steps recognise; none of them fails on a text
		}
		return m.Reading.Policies
	}
}

func logTo(w io.Writer) func(string) {
	return func(line string) { fmt.Fprintln(w, line) }
}
