// Command recording-blocks writes one block of Prometheus' database from series and scenarios, and prints nothing.
//
//	recording-blocks <folder> < lines
//
// Each line of its input is a JSON object with a `series` or a `story`, which is a scenario of an alert. Scenarios come
// before series and in the order of their times, because the samples of one series must be in order.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
)

type line struct {
	Series *series `json:"series"`
	Story  *story  `json:"story"`
}

// A series with its samples. The value null is a staleness marker.
type series struct {
	Labels map[string]string `json:"labels"`
	// In milliseconds since 1970.
	Times  []int64  `json:"times"`
	Values []number `json:"values"`
}

// The samples of a scenario, and the rules that are evaluated over them.
type story struct {
	// In the notation of promtool: `load 15s` and a line for each series.
	Load string `json:"load"`
	// The contents of a rule file.
	Rules json.RawMessage `json:"rules"`
	// In milliseconds since 1970.
	Start int64 `json:"start"`
	End   int64 `json:"end"`
	// Seconds between two evaluations.
	Step int64 `json:"step"`
}

// JSON has no infinity and no NaN, so these are strings.
type number float64

func (n *number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = number(math.Float64frombits(value.StaleNaN))
		return nil
	}
	if text[0] == '"' {
		text = text[1 : len(text)-1]
	}
	parsed, err := strconv.ParseFloat(string(text), 64)
	*n = number(parsed)
	return err
}

// One block contains all samples, so there is nothing to compact.
const blockRange = 200 * 365 * 24 * time.Hour

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: recording-blocks <folder> < lines")
		os.Exit(2)
	}
	if err := writeBlock(os.Args[1], os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeBlock(folder string, input io.Reader) (err error) {
	ctx := context.Background()
	writer, err := tsdb.NewBlockWriter(slog.New(slog.DiscardHandler), folder, blockRange.Milliseconds())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, writer.Close()) }()
	decoder := json.NewDecoder(bufio.NewReaderSize(input, 1<<20))
	for {
		var next line
		if err := decoder.Decode(&next); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if next.Story != nil {
			err = play(ctx, *next.Story, writer)
		} else if next.Series != nil {
			err = appendSeries(ctx, *next.Series, writer)
		}
		if err != nil {
			return err
		}
	}
	_, err = writer.Flush(ctx)
	return err
}

func appendSeries(ctx context.Context, given series, writer *tsdb.BlockWriter) error {
	appender := writer.Appender(ctx)
	name := labels.FromMap(given.Labels)
	var ref storage.SeriesRef
	for index, sample := range given.Values {
		var err error
		if ref, err = appender.Append(ref, name, given.Times[index], float64(sample)); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", name, err), appender.Rollback())
		}
	}
	return appender.Commit()
}

// play evaluates the rules at every step with the samples up to it, as `promtool test rules` does, and appends all samples.
func play(ctx context.Context, scenario story, writer *tsdb.BlockWriter) (err error) {
	start := time.UnixMilli(scenario.Start).UTC()
	step := time.Duration(scenario.Step) * time.Second
	loader, err := promqltest.NewLazyLoader(scenario.Load, promqltest.LazyLoaderOpts{StartTime: start})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, loader.Close()) }()
	groups, err := loadRules(scenario, loader.Storage(), step)
	if err != nil {
		return err
	}
	for now := start; now.UnixMilli() <= scenario.End && err == nil; now = now.Add(step) {
		loader.WithSamplesTill(now, func(failure error) {
			if err = failure; err != nil {
				return
			}
			for _, group := range groups {
				group.Eval(ctx, now)
				for _, rule := range group.Rules() {
					err = errors.Join(err, rule.LastError())
				}
			}
		})
	}
	if err != nil {
		return err
	}
	return copySamples(ctx, loader.Storage(), scenario, writer)
}

func loadRules(scenario story, samples storage.Storage, step time.Duration) (map[string]*rules.Group, error) {
	folder, err := os.MkdirTemp("", "rules")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "rules.json")
	if err := os.WriteFile(file, scenario.Rules, 0o600); err != nil {
		return nil, err
	}
	engine := promql.NewEngine(promql.EngineOpts{
		MaxSamples:               50_000_000,
		Timeout:                  time.Minute,
		NoStepSubqueryIntervalFn: func(int64) int64 { return step.Milliseconds() },
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
	})
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:  rules.EngineQueryFunc(engine, samples),
		Appendable: samples,
		NotifyFunc: func(context.Context, string, ...*rules.Alert) {},
		Logger:     promslog.NewNopLogger(),
		Parser:     parser.NewParser(parser.Options{}),
	})
	groups, failures := manager.LoadGroups(step, labels.EmptyLabels(), "", nil, false, file)
	for _, group := range groups {
		for _, rule := range group.Rules() {
			// There is no earlier state. Until it is restored, an alert writes no series.
			if alert, ok := rule.(*rules.AlertingRule); ok {
				alert.SetRestored(true)
			}
		}
	}
	return groups, errors.Join(failures...)
}

func copySamples(ctx context.Context, samples storage.Storage, scenario story, writer *tsdb.BlockWriter) (err error) {
	querier, err := samples.Querier(scenario.Start, scenario.End)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, querier.Close()) }()
	found := querier.Select(ctx, false, nil, labels.MustNewMatcher(labels.MatchNotEqual, labels.MetricName, ""))
	for found.Next() {
		copied := series{Labels: found.At().Labels().Map()}
		iterator := found.At().Iterator(nil)
		for iterator.Next() == chunkenc.ValFloat {
			at, sample := iterator.At()
			copied.Times = append(copied.Times, at)
			copied.Values = append(copied.Values, number(sample))
		}
		if err := errors.Join(iterator.Err(), appendSeries(ctx, copied, writer)); err != nil {
			return err
		}
	}
	return found.Err()
}
