#include "spie/exchange/nomenclatures.hpp"

#include "spie/json.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace spie::exchange {

namespace {

[[noreturn]] void refuse(const std::string &file, const std::string &where, std::string message) {
  throw Error({Code::import_plan, Level::error, std::move(message), file + "#" + where,
               "Write {\"id\", \"version\", \"titre\", \"source\", \"listes\": {NAME: {\"titre\", \"valeurs\": "
               "[{\"code\": …}]}}}."});
}

const feel::Value &member(const feel::Context &object, std::string_view key, feel::Kind kind, const std::string &file,
                          const std::string &where) {
  const feel::Value *value = object.find(key);
  if (value == nullptr || !value->is(kind))
    refuse(file, where + "/" + std::string(key),
           "the member '" + std::string(key) + "' is missing or is no " + std::string(feel::name(kind)));
  return *value;
}

} // namespace

const feel::Context *Nomenclature::find(std::string_view list, std::string_view code) const {
  const auto codes = lists_.find(list);
  if (codes == lists_.end())
    return nullptr;
  const auto found = codes->second.find(code);
  return found == codes->second.end() ? nullptr : &found->second;
}

std::vector<std::string> Nomenclature::codes(std::string_view list) const {
  std::vector<std::string> codes;
  if (const auto found = lists_.find(list); found != lists_.end())
    for (const auto &[code, said] : found->second)
      codes.push_back(code);
  return codes;
}

std::string Nomenclature::text(std::string_view list, std::string_view code, std::string_view attribute) const {
  const feel::Context *entry = find(list, code);
  const feel::Value *value = entry == nullptr ? nullptr : entry->find(attribute);
  return value != nullptr && value->is(feel::Kind::text) ? value->text() : std::string();
}

Nomenclatures Nomenclatures::from_texts(const std::vector<std::pair<std::string, std::string>> &names_and_texts) {
  using enum feel::Kind;
  Nomenclatures result;
  for (const auto &[file, json] : names_and_texts) {
    const feel::Value root = read_json(json, file);
    if (!root.is(context))
      refuse(file, "", "an object is expected");
    Nomenclature made;
    made.id = member(root.context(), "id", text, file, "").text();
    made.version = member(root.context(), "version", text, file, "").text();
    made.titre = member(root.context(), "titre", text, file, "").text();
    made.source = member(root.context(), "source", text, file, "").text();
    for (const auto &[name, list_value] : member(root.context(), "listes", context, file, "").context()) {
      const std::string where = "/listes/" + name;
      if (!list_value.is(context))
        refuse(file, where, "an object is expected");
      auto &codes = made.lists_[name];
      const feel::List &entries = member(list_value.context(), "valeurs", list, file, where).list();
      for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string place = where + "/valeurs/" + std::to_string(i);
        if (!entries[i].is(context))
          refuse(file, place, "an object is expected");
        const std::string &code = member(entries[i].context(), "code", text, file, place).text();
        if (!codes.emplace(code, entries[i].context()).second)
          refuse(file, place + "/code", "the code '" + code + "' stands twice in the list");
      }
    }
    std::string id = made.id;
    if (!result.all_.emplace(std::move(id), std::move(made)).second)
      refuse(file, "/id", "another file has this id already");
  }
  return result;
}

Nomenclatures Nomenclatures::load(const std::string &folder) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<fs::path> paths;
  for (const auto &entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".json")
      paths.push_back(entry.path());
  if (failed)
    throw Error({Code::import_file, Level::error, "the folder of nomenclatures cannot be read", folder,
                 "Check the path and its rights."});
  std::sort(paths.begin(), paths.end());
  std::vector<std::pair<std::string, std::string>> texts;
  for (const fs::path &path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(path.filename().string(), std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return from_texts(texts);
}

const Nomenclature *Nomenclatures::find(std::string_view id) const {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : &found->second;
}

} // namespace spie::exchange
