// The file of a register. It is replaced, never written over: what was on the disk stays whole until the new one is.
#include "credentials/status/registers.hpp"
#include "spie/diagnostic.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace spie::credentials {

namespace {

class File {
public:
  explicit File(int handle) noexcept : handle_(handle) {}
  ~File() {
    if (handle_ >= 0)
      ::close(handle_);
  }
  File(const File &) = delete;
  File &operator=(const File &) = delete;
  int operator*() const noexcept { return handle_; }

private:
  int handle_;
};

[[noreturn]] void fail(const std::string &path, const char *english, const char *french) {
  const std::string why = std::generic_category().message(errno);
  throw Error(Diagnostic{Code::api_argument, Level::error, std::string(english) + ": " + why + ".", path,
                         "Check the path, and who may write there.", std::string(french)});
}
[[noreturn]] void fail_writing(const std::string &path) {
  fail(path, "The register cannot be written", "le registre ne peut pas être écrit");
}
[[noreturn]] void fail_reading(const std::string &path) {
  fail(path, "The register cannot be read", "le registre ne peut pas être lu");
}

std::string content(int file, const std::string &path) {
  std::string bytes;
  char block[1U << 16U];
  for (;;) {
    const ssize_t count = ::read(file, block, sizeof block);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      fail_reading(path);
    if (count == 0)
      return bytes;
    bytes.append(block, static_cast<std::size_t>(count));
  }
}

void put(int file, std::string_view bytes, const std::string &path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      fail_writing(path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file) != 0)
    fail_writing(path);
}

// That a file has come or gone stays true after a crash.
void settle(const std::string &path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const File held(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (*held >= 0)
    ::fsync(*held); // some systems cannot, for a folder
}

// Waits for its turn; the file that the path names is then ours alone to replace.
int locked(const std::string &path) {
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0)
      fail_reading(path);
    while (::flock(file, LOCK_EX) != 0)
      if (errno != EINTR) {
        ::close(file);
        fail_writing(path);
      }
    struct stat held {};
    struct stat named {};
    // Another may have replaced it while we waited.
    if (::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
        held.st_dev == named.st_dev)
      return file;
    ::close(file);
  }
}

// The file that a link names, so that the link stays one.
std::string followed(const std::string &path) {
  char *real = ::realpath(path.c_str(), nullptr);
  if (real == nullptr)
    fail_reading(path);
  std::string found(real);
  std::free(real);
  return found;
}

} // namespace

Registre lire_registre(const std::string &chemin) {
  const File file(::open(chemin.c_str(), O_RDONLY | O_CLOEXEC));
  if (*file < 0)
    fail_reading(chemin);
  return Registre::lire(content(*file, chemin));
}

void creer_registre(const std::string &chemin, const Registre &registre) {
  const std::string text = registre.ecrire();
  const File file(::open(chemin.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (*file < 0)
    fail_writing(chemin);
  try {
    put(*file, text, chemin);
  } catch (...) {
    ::unlink(chemin.c_str());
    throw;
  }
  settle(chemin);
}

void changer_registre(const std::string &chemin, const std::function<void(Registre &)> &changer) {
  const std::string path = followed(chemin);
  const File held(locked(path)); // until the new one is in its place
  Registre registre = Registre::lire(content(*held, chemin));
  const std::string before = registre.ecrire();
  changer(registre);
  const std::string after = registre.ecrire();
  if (after == before)
    return;
  const std::string beside = path + ".nouveau"; // of whoever holds the lock; one that a crash left is of no use
  ::unlink(beside.c_str());
  const File made(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (*made < 0)
    fail_writing(chemin);
  try {
    put(*made, after, chemin);
    if (::rename(beside.c_str(), path.c_str()) != 0)
      fail_writing(chemin);
  } catch (...) {
    ::unlink(beside.c_str());
    throw;
  }
  settle(path);
}

namespace {

void change_from(std::span<const std::string> paths, std::vector<Registre *> &held,
                 const std::function<void(std::span<Registre *const>)> &change) {
  if (paths.empty())
    return change(held);
  changer_registre(paths.front(), [&](Registre &one) {
    held.push_back(&one);
    change_from(paths.subspan(1), held, change);
  });
}

} // namespace

void change_registers(std::span<const std::string> paths,
                      const std::function<void(std::span<Registre *const>)> &change) {
  std::vector<std::string> found;
  for (const std::string &path : paths)
    found.push_back(followed(path));
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<Registre *> held;
  change_from(found, held, change);
}

} // namespace spie::credentials
