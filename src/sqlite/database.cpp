#include "sqlite/database.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

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

namespace {

bool is_there(const std::string &path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool is_empty(const std::string &path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  return ignored || size == 0;
}

// A file that nobody writes while it is read: SQLite then makes no file beside it and takes no lock.
std::string immutable_address(const std::string &path) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string address = "file:";
  for (const char c : path)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '.' || c == '-' || c == '_')
      address += c;
    else
      address += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
  return address + "?immutable=1";
}

} // namespace

void make_file(const std::string &path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    throw Error(
        {Code::store_open, Level::error, "there is a file of this name already", path, "Open it, or name another."});
  if (file < 0)
    throw Error({Code::store_open, Level::error, std::string("the file cannot be made (") + std::strerror(errno) + ")",
                 path, "Check the path, and the rights of its folder."});
  ::fchmod(file, 0600); // an umask may have taken more away
  ::close(file);
}

void remove_files(const std::string &path) noexcept {
  for (const char *suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    std::filesystem::remove(path + suffix, ignored);
  }
}

Reading::~Reading() {
  if (!begun_)
    return;
  try {
    database_.execute("COMMIT");
  } catch (const Error &) { // nothing was written
  }
}

void Database::open(const std::string &path, int flags, std::int64_t busy_ms, const std::string &vfs) {
  sqlite3 *opened = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
  handle_.reset(opened);
  if (status != SQLITE_OK)
    fail(opened, status);
  check(opened, sqlite3_busy_timeout(opened, static_cast<int>(busy_ms)));
}

Database::Database(const std::string &path, Mode mode, std::int64_t busy_ms, const std::string &vfs) {
  open(path, SQLITE_OPEN_READWRITE | (mode == Mode::open ? 0 : SQLITE_OPEN_CREATE), busy_ms, vfs);
  if (mode == Mode::temporary)
    return;
  // SQLite opens for reading a file that it may not write. It needs the folder too, for the log that others may be
  // writing; while there is none, the file alone is all there is to read.
  if (mode == Mode::open && vfs.empty()) {
    int status = SQLITE_OK;
    const bool alone = read_only() && !is_there(path + "-shm");
    if (!alone)
      status = sqlite3_exec(handle_.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    const bool shut_out = (status & 0xFF) == SQLITE_CANTOPEN || (status & 0xFF) == SQLITE_READONLY;
    if (alone || shut_out) {
      if (!is_empty(path + "-wal"))
        throw Error({Code::store_io, Level::error,
                     "the store was not closed, and what its log holds cannot be read where nothing can be written",
                     path, "Copy the file and its -wal into a folder that can be written, and open it there."});
      open(immutable_address(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_ms, vfs);
    } else {
      check(handle_.get(), status);
    }
  }
  // A file that somebody else made may hold views and triggers that run functions.
  check(handle_.get(), sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  check(handle_.get(), sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
}

bool Database::read_only() const noexcept { return sqlite3_db_readonly(handle_.get(), "main") == 1; }

void Database::require_schema(const std::string &sql) const {
  const auto described = [](const Database &database) {
    // What the planner keeps of its own changes no answer.
    Statement rows = database.prepare("SELECT name, type, tbl_name, coalesce(sql, '') FROM sqlite_schema "
                                      "WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY name, type");
    std::vector<std::pair<std::string, std::string>> all;
    while (rows.step())
      all.emplace_back(rows.text(0), rows.text(1) + " " + rows.text(2) + " " + rows.text(3));
    return all;
  };
  const Database model(":memory:", Mode::temporary, 0, {});
  model.execute(sql);
  const auto wanted = described(model), found = described(*this);
  if (wanted == found)
    return;
  std::string name;
  for (std::size_t i = 0; i < std::max(wanted.size(), found.size()) && name.empty(); ++i)
    if (i >= wanted.size() || (i < found.size() && found[i] < wanted[i]))
      name = found[i].first;
    else if (i >= found.size() || wanted[i] != found[i])
      name = wanted[i].first;
  throw Error({Code::store_corrupt,
               Level::error,
               "the tables of the file are not those that spie makes: something was added, changed or taken away: '" +
                   name + "'",
               {},
               "Restore a backup."});
}

std::vector<std::string> Database::faults() const {
  Statement rows = prepare("PRAGMA integrity_check(20)");
  std::vector<std::string> found;
  while (rows.step())
    if (std::string said = rows.text(0); said != "ok")
      found.push_back(std::move(said));
  return found;
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
  make_file(path);
  try {
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
  } catch (...) { // half a backup would be taken for a whole one
    remove_files(path);
    throw;
  }
}

} // namespace spie::sqlite
