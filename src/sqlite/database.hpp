// SQLite's own interface, with errors as this library says them: the one pair of files that knows it.
#pragma once

#include "spie/diagnostic.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace spie::sqlite {

// A statement, compiled once. Bind, step, read; `Use` gives it back ready for the next time.
class Statement {
public:
  Statement() = default;
  Statement(sqlite3 *database, std::string_view sql);

  // From 1. Bytes and texts must outlive the steps.
  Statement &bind(int index, std::int64_t number);
  Statement &bind(int index, std::string_view text);
  Statement &bind(int index, const char *text) { return bind(index, std::string_view(text)); }
  Statement &bind(int index, std::span<const std::uint8_t> bytes);
  Statement &bind_null(int index);

  bool step(); // true when there is a row
  void run();  // to the end, rows left aside
  void reset() noexcept;

  // From 0, of the row.
  std::int64_t number(int column) const noexcept;
  std::string text(int column) const;
  bool is_null(int column) const noexcept;
  // False when the column has not that many bytes.
  bool bytes(int column, std::span<std::uint8_t> into) const noexcept;

private:
  struct Finalize {
    void operator()(sqlite3_stmt *statement) const noexcept;
  };
  sqlite3 *database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement when it is done with: a row that is still being read holds a lock.
class Use {
public:
  explicit Use(Statement &statement) noexcept : statement_(statement) {}
  Use(const Use &) = delete;
  Use &operator=(const Use &) = delete;
  ~Use() { statement_.reset(); }
  Statement *operator->() noexcept { return &statement_; }

private:
  Statement &statement_;
};

class Database {
public:
  // A temporary one has no path: SQLite deletes its file.
  enum class Mode : std::uint8_t { create, open, temporary };
  // S001 when it cannot be opened. A file to be created was made by make_file, or is ":memory:". One that cannot be
  // written, it or its folder, is opened for reading, and leaves nothing beside it; S004 when it was not closed.
  Database(const std::string &path, Mode mode, std::int64_t busy_ms, const std::string &vfs);

  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  void execute(const std::string &sql) const;
  std::int64_t number(std::string_view sql) const; // the first column of the first row; 0 without one
  std::string text(std::string_view sql) const;
  bool in_transaction() const noexcept;
  bool read_only() const noexcept;
  // S006 unless the tables, indexes, views and triggers are those that `sql` makes, to the letter.
  void require_schema(const std::string &sql) const;
  // What SQLite finds wrong in the file: pages, indexes that differ from their tables, values of another kind.
  std::vector<std::string> faults() const;
  std::int64_t changes() const noexcept; // rows that the last statement deleted, inserted or updated
  // The whole, into a file that is not there yet.
  void copy_to(const std::string &path) const;

private:
  void open(const std::string &path, int flags, std::int64_t busy_ms, const std::string &vfs);
  struct Close {
    void operator()(sqlite3 *database) const noexcept;
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// An empty file that its owner alone reads and writes, whatever the umask; what SQLite puts beside it has its rights.
// S001 when there is one already, or it cannot be made.
void make_file(const std::string &path);
// The file, and what stands beside it.
void remove_files(const std::string &path) noexcept;

// One reading of several statements, which sees nothing of what others write meanwhile.
class Reading {
public:
  explicit Reading(const Database &database) : database_(database), begun_(!database.in_transaction()) {
    if (begun_)
      database_.execute("BEGIN");
  }
  Reading(const Reading &) = delete;
  Reading &operator=(const Reading &) = delete;
  ~Reading();

private:
  const Database &database_;
  bool begun_;
};

} // namespace spie::sqlite
