// From folders to bytes: the only file of the rules that opens files.
#include "rules/pack/manifest.hpp"
#include "rules/pack/pack_impl.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace spie {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_folders = 10'000; // that a pack is looked for in
constexpr std::size_t most_bases = 16;

[[noreturn]] void refuse(Code code, std::string message, std::string where) {
  throw Error(Diagnostic{code, Level::error, std::move(message), std::move(where)});
}

// A pack is given as a folder, and holds what it says: a link inside would let it name any file of the machine.
void refuse_link(const fs::path &path, const std::string &name) {
  std::error_code error;
  if (fs::is_symlink(path, error))
    refuse(Code::pack_file,
           "'" + name + "' is a symbolic link, which is not followed inside a pack: copy what it names", path.string());
}

std::string read_file(const fs::path &path, const std::string &name, pack::PackLoading &load) {
  load.loading.check(Code::pack_file, path.string());
  refuse_link(path, name);
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    refuse(Code::pack_file, "the file '" + name + "' is missing", path.string());
  const auto size = fs::file_size(path, error);
  if (error)
    refuse(Code::pack_file, "the file '" + name + "' cannot be read", path.string());
  if (const std::size_t most = load.loading.limits().bytes; size > most)
    throw Error(feel::beyond_limit(Code::pack_file,
                                   "the file '" + name + "' has more than " + std::to_string(most) + " bytes",
                                   path.string(), "bytes"));
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    refuse(Code::pack_file, "the file '" + name + "' cannot be read", path.string());
  return bytes;
}

// The names of the files of a sub-folder, sorted: a digest and a list of findings do not depend on the file system.
std::vector<std::string> names_in(const fs::path &folder, const pack::PackLoading &load) {
  const std::size_t most = load.loading.limits().list_size;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (name.ends_with(".json") && pack::is_plain_name(name))
      names.push_back(std::move(name));
    if (names.size() > most)
      throw Error(feel::beyond_limit(Code::pack_file, "the folder holds more than " + std::to_string(most) + " files",
                                     folder.string(), "list_size"));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// What the manifest says, or nothing: the findings are the business of the pack itself.
std::optional<pack::Manifest> manifest_of(const std::string &bytes) {
  try {
    const feel::Value root = read_json(bytes, "pack.json");
    std::vector<Diagnostic> ignored;
    return pack::read_manifest(json::Reader(root, "pack.json", pack::in(ignored)));
  } catch (const Error &) {
    return std::nullopt;
  }
}

bool has_id(const fs::path &folder, const std::string &id, std::size_t largest_file) {
  std::error_code error;
  const fs::path path = folder / "pack.json";
  if (fs::is_symlink(path, error) || !fs::is_regular_file(path, error) || fs::file_size(path, error) > largest_file ||
      error)
    return false;
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto manifest = manifest_of(bytes);
  return manifest && manifest->id == id;
}

// A search folder may hold packs or be one; the folder named as the pack is tried first.
std::optional<fs::path> find_pack(const std::vector<fs::path> &search, const std::string &id,
                                  std::size_t largest_file) {
  for (const fs::path &folder : search) {
    if (has_id(folder / id, id, largest_file))
      return folder / id;
    if (has_id(folder, id, largest_file))
      return folder;
    std::vector<fs::path> subfolders;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      std::error_code ignored;
      if (entry->is_directory(ignored) && subfolders.size() < most_folders)
        subfolders.push_back(entry->path());
    }
    std::sort(subfolders.begin(), subfolders.end());
    for (const fs::path &subfolder : subfolders)
      if (has_id(subfolder, id, largest_file))
        return subfolder;
  }
  return std::nullopt;
}

Pack::Files files_of(const fs::path &folder, pack::PackLoading &load) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    refuse(Code::pack_file, "there is no folder here", folder.string());
  Pack::Files files;
  files.emplace_back("pack.json", read_file(folder / "pack.json", "pack.json", load));
  for (const char *name : {"articles.json", "parametres.json"})
    if (fs::exists(fs::symlink_status(folder / name, error)))
      files.emplace_back(name, read_file(folder / name, name, load));
  if (const auto manifest = manifest_of(files.front().second))
    for (const std::string &name : manifest->modeles) // plain names: the manifest drops any other
      if (fs::exists(fs::symlink_status(folder / name, error)))
        files.emplace_back(name, read_file(folder / name, name, load));
  for (const std::string sub : {"donnees", "cas"}) {
    refuse_link(folder / sub, sub);
    for (const std::string &name : names_in(folder / sub, load))
      files.emplace_back(sub + '/' + name, read_file(folder / sub / name, sub + '/' + name, load));
  }
  return files;
}

// In the order of their names, as from a folder: of two words for one code, the first is kept.
std::shared_ptr<const Pack> made_of(Pack::Files files, const std::vector<std::shared_ptr<const Pack>> &bases,
                                    pack::PackLoading &load) {
  std::sort(files.begin(), files.end(), [](const auto &one, const auto &other) { return one.first < other.first; });
  return std::make_shared<const pack::PackImpl>(files, bases, load);
}

std::shared_ptr<const Pack> load_folder(const fs::path &folder, const PackOptions &options, pack::PackLoading &load,
                                        std::vector<std::string> &children) {
  const Pack::Files files = files_of(folder, load);
  std::vector<std::shared_ptr<const Pack>> bases;
  const auto manifest = manifest_of(files.front().second);
  if (manifest && manifest->extends && !manifest->extends->id.empty()) {
    const std::string &wanted = manifest->extends->id;
    children.push_back(manifest->id);
    if (std::find(children.begin(), children.end(), wanted) != children.end() || children.size() > most_bases)
      refuse(Code::pack_extends, "the pack '" + wanted + "' extends itself through '" + manifest->id + "'",
             "pack.json#/extends/id");
    std::vector<fs::path> search(options.search.begin(), options.search.end());
    if (search.empty())
      search.push_back(fs::absolute(folder).lexically_normal() / "..");
    const auto found = find_pack(search, wanted, load.loading.limits().bytes);
    if (!found)
      refuse(Code::pack_extends, "the pack '" + wanted + "' that '" + manifest->id + "' extends is not found",
             "pack.json#/extends/id");
    bases.push_back(load_folder(*found, options, load, children));
  }
  return made_of(files, bases, load);
}

} // namespace

std::shared_ptr<const Pack> Pack::load(const std::string &folder, const PackOptions &options) {
  pack::PackLoading load(options.limits);
  std::vector<std::string> children;
  return load_folder(fs::path(folder), options, load, children);
}

std::shared_ptr<const Pack> Pack::from_files(const Files &files, const std::vector<std::shared_ptr<const Pack>> &bases,
                                             const LoadLimits &limits) {
  pack::PackLoading load(limits);
  if (const std::size_t most = load.loading.limits().list_size; files.size() > most)
    throw Error(feel::beyond_limit(Code::pack_file, "the pack has more than " + std::to_string(most) + " files",
                                   "pack.json", "list_size"));
  return made_of(files, bases, load);
}

} // namespace spie
