#include "books.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace service {
namespace {

template <size_t kSize>
std::string Pick(const std::array<const char*, kSize>& words, size_t number) {
  return words[number % kSize];
}

// Slow: each comparison of two titles makes two copies.
std::string LowerCase(const std::string& text) {
  std::string lower;
  for (const char c : text) {
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::vector<Book> MakeBooks(size_t count) {
  const std::array<const char*, 5> articles = {"The", "A", "My", "the", "No"};
  const std::array<const char*, 7> adjectives = {
      "Silent", "Long", "golden", "Lost", "Second", "quiet", "Brave"};
  const std::array<const char*, 11> nouns = {
      "River", "House",  "Winter", "garden", "Machine", "Road",
      "sea",   "Letter", "Window", "Island", "Mountain"};
  const std::array<const char*, 13> origins = {
      "Snow", "Time",  "glass", "Lisbon", "Stone", "the North", "Salt",
      "Ash",  "Paper", "Kings", "Sand",   "rain",  "Nowhere"};
  const std::array<const char*, 4> authors = {"A. Baker", "C. Dyer",
                                              "E. Fisher", "G. Hunter"};
  std::vector<Book> books;
  for (size_t i = 0; i < count; ++i) {
    books.push_back({Pick(articles, i) + " " + Pick(adjectives, i) + " " +
                         Pick(nouns, i) + " of " + Pick(origins, i),
                     Pick(authors, i)});
  }
  return books;
}

void SortByTitle(std::vector<Book>* books) {
  std::sort(books->begin(), books->end(), [](const Book& a, const Book& b) {
    return LowerCase(a.title) < LowerCase(b.title);
  });
}

std::string RenderBooks(const std::vector<Book>& books,
                        const std::vector<std::string>& popular) {
  std::string page = "{\"books\": [";
  const char* separator = "\n";
  for (const Book& book : books) {
    page += separator + ("  {\"title\": " + Quoted(book.title)) +
            ", \"author\": " + Quoted(book.author) + "}";
    separator = ",\n";
  }
  page += "],\n \"popular\": [";
  separator = "";
  for (const std::string& title : popular) {
    page += separator + Quoted(title);
    separator = ", ";
  }
  return page + "]}\n";
}

// Slow: the lock is kept while the titles are sorted, so that one request at a
// time is served.
std::vector<std::string> Popularity::Count(const std::vector<Book>& books) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const Book& book : books) ++views_[book.title];
  std::vector<std::pair<size_t, std::string>> counts;
  for (const auto& [title, views] : views_) counts.emplace_back(views, title);
  std::sort(counts.rbegin(), counts.rend());
  counts.resize(std::min<size_t>(counts.size(), 10));
  std::vector<std::string> titles;
  for (auto& [views, title] : counts) titles.push_back(std::move(title));
  return titles;
}

}  // namespace service
