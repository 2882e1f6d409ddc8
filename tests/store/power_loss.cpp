#include "tests/store/power_loss.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>
#include <sqlite3.h>
#include <stdexcept>

namespace spie::testing {

namespace {

PowerLoss *current = nullptr; // one at a time: SQLite's file systems are global

struct File {
  sqlite3_file base; // first: SQLite knows this part
  sqlite3_file *real;
  std::string *path; // nullptr for what is not tracked
};

File *of(sqlite3_file *file) { return reinterpret_cast<File *>(file); }
sqlite3_file *real(sqlite3_file *file) { return of(file)->real; }

std::int64_t size_of(sqlite3_file *file) {
  sqlite3_int64 size = 0;
  real(file)->pMethods->xFileSize(real(file), &size);
  return size;
}

std::string read(sqlite3_file *file, std::int64_t offset, std::int64_t length) {
  std::string bytes(static_cast<std::size_t>(std::max<std::int64_t>(length, 0)), '\0');
  if (!bytes.empty())
    real(file)->pMethods->xRead(real(file), bytes.data(), static_cast<int>(bytes.size()), offset);
  return bytes;
}

int close(sqlite3_file *file) {
  const int status = real(file)->pMethods != nullptr ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
  delete of(file)->path;
  of(file)->path = nullptr;
  return status;
}
int read_file(sqlite3_file *file, void *into, int count, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), into, count, offset);
}
int write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  if (of(file)->path != nullptr) {
    if (!current->operation())
      return SQLITE_IOERR_WRITE;
    const std::int64_t size = size_of(file);
    const std::int64_t overlap = std::clamp<std::int64_t>(size - offset, 0, count);
    current->changed(*of(file)->path,
                     {offset, read(file, offset, overlap),
                      std::string(static_cast<const char *>(bytes), static_cast<std::size_t>(count)), size, false});
  }
  return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}
int truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (of(file)->path != nullptr) {
    if (!current->operation())
      return SQLITE_IOERR_TRUNCATE;
    const std::int64_t before = size_of(file);
    current->changed(*of(file)->path, {size, read(file, size, before - size), {}, before, true});
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file *file, int flags) {
  if (of(file)->path != nullptr && !current->operation())
    return SQLITE_IOERR_FSYNC;
  const int status = real(file)->pMethods->xSync(real(file), flags);
  if (of(file)->path != nullptr)
    current->synced(*of(file)->path);
  return status;
}
int file_size(sqlite3_file *file, sqlite3_int64 *size) { return real(file)->pMethods->xFileSize(real(file), size); }
int lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int reserved(sqlite3_file *file, int *out) { return real(file)->pMethods->xCheckReservedLock(real(file), out); }
int control(sqlite3_file *file, int what, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
int traits(sqlite3_file *) { return 0; } // nothing is promised: no atomic write, no safe append
int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file *file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

const sqlite3_io_methods methods{2,        close,       read_file, write_file, truncate, sync,   file_size,
                                 lock,     unlock,      reserved,  control,    sector,   traits, shm_map,
                                 shm_lock, shm_barrier, shm_unmap, nullptr,    nullptr};

sqlite3_vfs *system_vfs() { return sqlite3_vfs_find("unix"); }

int open(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *out) {
  File *made = of(file);
  made->real = reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(File));
  made->path = nullptr;
  made->base.pMethods = nullptr;
  const int status = system_vfs()->xOpen(system_vfs(), name, made->real, flags, out);
  if (status != SQLITE_OK)
    return status;
  if (name != nullptr && current != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0) {
    made->path = new std::string(name);
    current->opened(*made->path);
  }
  made->base.pMethods = &methods;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs *, const char *name, int directory) {
  if (current != nullptr && current->failed())
    return SQLITE_IOERR_DELETE;
  const int status = system_vfs()->xDelete(system_vfs(), name, directory);
  if (current != nullptr && status == SQLITE_OK)
    current->deleted(name);
  return status;
}

void install() {
  static sqlite3_vfs shim = [] {
    sqlite3_vfs made = *system_vfs();
    made.zName = PowerLoss::vfs;
    made.szOsFile = static_cast<int>(sizeof(File)) + system_vfs()->szOsFile;
    made.pNext = nullptr;
    made.xOpen = open;
    made.xDelete = remove_file;
    return made;
  }();
  sqlite3_vfs_register(&shim, 0);
}

// The change, the whole of it or as many sectors as reached the disk.
void apply(std::string &bytes, const PowerLoss::Change &change, std::size_t length) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.truncation) {
    bytes.resize(std::min(bytes.size(), offset));
    return;
  }
  if (bytes.size() < offset + length)
    bytes.resize(offset + length);
  std::copy_n(change.after.begin(), length, bytes.begin() + change.offset);
}

} // namespace

PowerLoss::PowerLoss(std::uint32_t seed, std::size_t fails_at) : random_(seed), fails_at_(fails_at) {
  if (current != nullptr)
    throw std::logic_error("one loss of power at a time");
  current = this;
  install();
}

PowerLoss::~PowerLoss() { current = nullptr; }

bool PowerLoss::operation() {
  if (!failed_ && ++operations_ == fails_at_)
    fail();
  return !failed_;
}

void PowerLoss::fail() {
  failed_ = true;
  for (const auto &[path, changes] : pending_) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    // Back to what was synced, then forth with some of what came after.
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
      std::copy(change->before.begin(), change->before.end(),
                bytes.begin() + std::min<std::int64_t>(change->offset, static_cast<std::int64_t>(bytes.size())));
      if (change->truncation)
        bytes.replace(static_cast<std::size_t>(change->offset), change->before.size(), change->before);
      bytes.resize(static_cast<std::size_t>(change->size_before));
    }
    for (const Change &change : changes) {
      const auto fate = random_() % 3;
      if (fate == 0) // lost
        continue;
      const std::size_t whole = change.after.size();
      apply(bytes, change, fate == 1 ? whole : std::min(whole, random_() % (whole / 512 + 1) * 512));
    }
    found_[std::filesystem::path(path).filename().string()] = bytes;
  }
  if (on_failure)
    on_failure();
}

void PowerLoss::restore(const std::filesystem::path &folder) const {
  for (const auto &[name, bytes] : found_)
    std::ofstream(folder / name, std::ios::binary) << bytes;
}

} // namespace spie::testing
