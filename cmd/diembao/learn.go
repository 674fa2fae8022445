package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/encoder"
	"github.com/diembao/diembao/processor/eval"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/train"
)

func newEval() *cobra.Command {
	var data []string
	var models string
	var quick, bare, asJSON bool
	c := &cobra.Command{
		Use: "eval --data FILE…", Args: cobra.NoArgs, Short: "precision, recall and F1 per class, calibration and abstention on labelled files",
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := labelledFiles(data)
			if err != nil {
				return err
			}
			m, err := openModels(models)
			if err != nil {
				return err
			}
			o := eval.Options{Files: files, Models: m, Bare: bare}
			if o.Tag, err = tagger(); err != nil {
				return err
			}
			if !quick {
				if o.Reader, err = encoder.Open(encoder.Reader(), encoder.Options{}); err != nil {
					return err
				}
			}
			report, err := eval.Run(cmd.Context(), o)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			return report.Write(cmd.OutOrStdout())
		},
	}
	c.Flags().StringSliceVar(&data, "data", nil, "labelled files, JSON lines (or patterns)")
	c.Flags().StringVar(&models, "models", "", "folder that `diembao train` wrote; default: the models in this program")
	c.Flags().BoolVar(&quick, "quick", false, "measure the quick reading only")
	c.Flags().BoolVar(&bare, "bare", false, "measure the texts written without diacritics")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func newTrain() *cobra.Command {
	var data []string
	var out string
	var quick bool
	c := &cobra.Command{
		Use: "train --data FILE… --out FOLDER", Args: cobra.NoArgs,
		Short: "build every model but the encoder from labelled files; the same files give the same bytes",
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := labelledFiles(data)
			if err != nil {
				return err
			}
			if out == "" {
				return usage(errors.New("train: name the folder for the models with --out"))
			}
			o := train.Options{Files: files, Out: out, Log: func(line string) { fmt.Fprintln(cmd.ErrOrStderr(), line) }}
			if o.Tag, err = tagger(); err != nil {
				return err
			}
			if !quick {
				enc, err := encoder.Open(encoder.Reader(), encoder.Options{})
				if err != nil {
					return err
				}
				o.Encoder, o.Model = enc, enc.Config().SHA256
			}
			return train.Run(cmd.Context(), o)
		},
	}
	c.Flags().StringSliceVar(&data, "data", nil, "labelled files, JSON lines (or patterns)")
	c.Flags().StringVar(&out, "out", "", "folder for the models")
	c.Flags().BoolVar(&quick, "quick", false, "train the quick models only")
	return c
}

// labelledFiles expands patterns; a name that matches nothing is a mistake.
func labelledFiles(data []string) ([]string, error) {
	var files []string
	for _, pattern := range data {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			return nil, usage(fmt.Errorf("--data %s: no such file", pattern))
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, usage(errors.New("name labelled files with --data"))
	}
	return files, nil
}

func openModels(folder string) (*judge.Models, error) {
	if folder == "" {
		return judge.Open(judge.Shipped())
	}
	m, err := judge.Open(os.DirFS(folder))
	return m, usage(err)
}

// tagger finds the policies of the shipped registry.
func tagger() (train.Tagger, error) {
	r, err := configs.LoadRegistry(configs.RegistryFiles{}, "")
	if err != nil {
		return nil, usage(err)
	}
	m := policy.NewMatcher(r.Policies)
	return func(o mention.Origin, t mention.Text) []mention.PolicyHit {
		return m.Find(&mention.Mention{Origin: o, Text: t}, &mention.Reading{})
	}, nil
}
