#include "sqlite/database.hpp"

#include <cstring>
#include <filesystem>
#include <sqlite3.h>

namespace spie::sqlite {

namespace {

struct Fault {
  Code code;
  const char *message;
  const char *remedy;
};

Fault fault_of(int status) noexcept {
  switch (status & 0xFF) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return {Code::store_locked, "another process holds the store", "Wait for it, or close it."};
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return {Code::store_corrupt, "the file is damaged, or is no store", "Restore a backup."};
  case SQLITE_FULL:
    return {Code::store_io, "the disk is full", "Make room; nothing of the batch was recorded."};
  case SQLITE_READONLY:
    return {Code::store_io, "the store cannot be written: the file or its folder is read-only",
            "Check the rights of the file and of its folder."};
  case SQLITE_PERM:
  case SQLITE_AUTH:
  case SQLITE_CANTOPEN:
    return {Code::store_open, "the store cannot be opened",
            "Check the path, and the rights of the file and its folder."};
  case SQLITE_IOERR:
    return {Code::store_io, "the disk fails", "Check the disk; nothing of the batch was recorded."};
  case SQLITE_NOMEM:
    return {Code::api_memory, "no memory is left", ""};
  default:
    return {Code::api_internal, "SQLite refuses a statement", ""};
  }
}

[[noreturn]] void fail(sqlite3 *database, int status) {
  const Fault fault = fault_of(status);
  // SQLite's own words name tables and limits, and no content.
  const std::string words = database == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(database);
  throw Error({fault.code, Level::error, std::string(fault.message) + " (" + words + ")", {}, fault.remedy});
}

void check(sqlite3 *database, int status) {
  if (status != SQLITE_OK)
    fail(database, status);
}

} // namespace

// --- statements ---

void Statement::Finalize::operator()(sqlite3_stmt *statement) const noexcept { sqlite3_finalize(statement); }

Statement::Statement(sqlite3 *database, std::string_view sql) : database_(database) {
  sqlite3_stmt *made = nullptr;
  check(database, sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                     &made, nullptr));
  statement_.reset(made);
}

Statement &Statement::bind(int index, std::int64_t number) {
  check(database_, sqlite3_bind_int64(statement_.get(), index, number));
  return *this;
}
Statement &Statement::bind(int index, std::string_view text) {
  check(database_, sqlite3_bind_text64(statement_.get(), index, text.data() == nullptr ? "" : text.data(), text.size(),
                                       SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}
Statement &Statement::bind(int index, std::span<const std::uint8_t> bytes) {
  check(database_, sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}
Statement &Statement::bind_null(int index) {
  check(database_, sqlite3_bind_null(statement_.get(), index));
  return *this;
}

bool Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW)
    return true;
  if (status != SQLITE_DONE)
    fail(database_, status);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() noexcept { sqlite3_reset(statement_.get()); } // its status repeats that of the last step

std::int64_t Statement::number(int column) const noexcept { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::text(int column) const {
  const unsigned char *bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr)
    return {};
  return {reinterpret_cast<const char *>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const noexcept {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

bool Statement::bytes(int column, std::span<std::uint8_t> into) const noexcept {
  const void *bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr || static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)) != into.size())
    return false;
  std::memcpy(into.data(), bytes, into.size());
  return true;
}

// --- the database ---

void Database::Close::operator()(sqlite3 *database) const noexcept { sqlite3_close_v2(database); }

Database::Database(const std::string &path, Mode mode, std::int64_t busy_ms, const std::string &vfs) {
  std::error_code ignored;
  if (mode == Mode::create && std::filesystem::exists(path, ignored))
    throw Error(
        {Code::store_open, Level::error, "there is a file of this name already", path, "Open it, or name another."});
  sqlite3 *opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::open ? 0 : SQLITE_OPEN_CREATE);
  const int status = sqlite3_open_v2(path.c_str(), &opened, flags, vfs.empty() ? nullptr : vfs.c_str());
  handle_.reset(opened);
  if (status != SQLITE_OK)
    fail(opened, status);
  check(opened, sqlite3_busy_timeout(opened, static_cast<int>(busy_ms)));
  if (mode == Mode::temporary)
    return;
  // A file that somebody else made may hold views and triggers that run functions.
  check(opened, sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  check(opened, sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
}

void Database::execute(const std::string &sql) const {
  check(handle_.get(), sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::number(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(std::string_view sql) const {
  Statement statement = prepare(sql);
  return statement.step() ? statement.text(0) : std::string();
}

std::int64_t Database::changes() const noexcept { return sqlite3_changes64(handle_.get()); }

bool Database::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }

void Database::copy_to(const std::string &path) const {
  const Database target(path, Mode::create, 0, {});
  sqlite3_backup *backup = sqlite3_backup_init(target.handle_.get(), "main", handle_.get(), "main");
  if (backup == nullptr)
    fail(target.handle_.get(), sqlite3_extended_errcode(target.handle_.get()));
  int status = SQLITE_OK;
  // All at once: in WAL mode it reads one snapshot and holds up no writer.
  do {
    status = sqlite3_backup_step(backup, -1);
    if (status == SQLITE_BUSY || status == SQLITE_LOCKED)
      sqlite3_sleep(50);
  } while (status == SQLITE_BUSY || status == SQLITE_LOCKED);
  const int end = sqlite3_backup_finish(backup);
  if (status != SQLITE_DONE || end != SQLITE_OK)
    fail(target.handle_.get(), status != SQLITE_DONE ? status : end);
}

} // namespace spie::sqlite
