// A catalogue of books, and which of them are looked at most.
#ifndef BENCH_PROFILER_SAMPLES_SERVICE_BOOKS_H_
#define BENCH_PROFILER_SAMPLES_SERVICE_BOOKS_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace service {

struct Book {
  std::string title;
  std::string author;
};

// Made up: "The Silent River of Snow, by A. Baker" and so on.
std::vector<Book> MakeBooks(size_t count);

// Sorts by title, whatever the case of its letters is.
void SortByTitle(std::vector<Book>* books);

// A page in JSON.
std::string RenderBooks(const std::vector<Book>& books,
                        const std::vector<std::string>& popular);

// Counts how often each book was looked at. All threads may do that.
class Popularity {
 public:
  // Counts `books`, and returns the titles of the ten most popular ones.
  std::vector<std::string> Count(const std::vector<Book>& books);

 private:
  std::mutex mutex_;
  std::map<std::string, size_t> views_;  // of each title
};

}  // namespace service

#endif  // BENCH_PROFILER_SAMPLES_SERVICE_BOOKS_H_
