// Makes profiles of all kinds that Go has, of work whose parts are known, for
// tests that read them:
//
//	go run . FOLDER    # leaves cpu.pb.gz, heap.pb.gz and so on
package main

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sort"
	"strings"
	"sync"
	"time"
)

var kept [][]byte // is in use when the heap profile is written
var sink int

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Is inlined where it is called.
func mix(x int) int {
	return x*1664525 + 1013904223
}

func sortNumbers(n int) {
	numbers := make([]int, n)
	for i := range numbers {
		sink = mix(sink)
		numbers[i] = sink
	}
	sort.Ints(numbers)
}

func buildTexts(n int) {
	var builder strings.Builder
	for i := 0; i < n; i++ {
		builder.WriteString(strings.Repeat("text", i%7))
	}
	kept = append(kept, []byte(builder.String()))
}

// A name with type parameters in it.
func sum[T int | float64](values []T) (result T) {
	for _, value := range values {
		result += value
	}
	return result
}

type tree struct {
	left, right *tree
}

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.count() + t.right.count()
}

func work(duration time.Duration) {
	ctx := pprof.WithLabels(context.Background(), pprof.Labels("request", "sort", "user", "7"))
	pprof.SetGoroutineLabels(ctx)
	for end := time.Now().Add(duration); time.Now().Before(end); {
		pprof.Do(ctx, pprof.Labels("request", "texts"), func(context.Context) {
			buildTexts(3000)
		})
		sortNumbers(5000)
		sink += int(sum([]float64{1, 2, 3})) + grow(10).count()
		if len(kept) > 50 {
			kept = kept[:25]
		}
	}
}

// Threads that wait for each other, by a mutex and by a channel.
func wait() {
	var mutex sync.Mutex
	var group sync.WaitGroup
	messages := make(chan int)
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for j := 0; j < 5; j++ {
				mutex.Lock()
				time.Sleep(time.Millisecond)
				mutex.Unlock()
				messages <- j
			}
		}()
	}
	for i := 0; i < 20; i++ {
		sink += <-messages
	}
	group.Wait()
}

func main() {
	folder := os.Args[1]
	runtime.MemProfileRate = 4096
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)

	create := func(name string) *os.File {
		file, err := os.Create(filepath.Join(folder, name+".pb.gz"))
		check(err)
		return file
	}
	cpu := create("cpu")
	check(pprof.StartCPUProfile(cpu))
	work(700 * time.Millisecond)
	pprof.StopCPUProfile()
	check(cpu.Close())

	wait()
	for i := 0; i < 3; i++ { // for the profile of goroutines
		go func() { select {} }()
	}
	runtime.GC()
	for _, name := range []string{"heap", "allocs", "block", "mutex", "goroutine", "threadcreate"} {
		file := create(name)
		check(pprof.Lookup(name).WriteTo(file, 0))
		check(file.Close())
		text, err := os.Create(filepath.Join(folder, name+".txt"))
		check(err)
		check(pprof.Lookup(name).WriteTo(text, 1))
		check(text.Close())
	}
}
