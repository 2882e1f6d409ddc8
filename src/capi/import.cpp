// Files read into a store.
#include "capi/desk.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/exchange/formats.hpp"
#include "spie/exchange/partage.hpp"
#include "spie/exchange/saisie.hpp"

#include <cstddef>
#include <filesystem>

namespace spie::capi {

namespace {

namespace fs = std::filesystem;

exchange::Nomenclatures lists_argument(const char *folder) {
  if (folder != nullptr)
    return exchange::Nomenclatures::load(std::string(text_argument(folder, "options.nomenclatures")));
  const std::string packs = bundled_folder(); // they are installed beside the packs
  const fs::path lists = fs::path(packs).parent_path() / "nomenclatures";
  std::error_code ignored;
  if (packs.empty() || !fs::is_directory(lists, ignored))
    throw Error(Diagnostic{Code::pack_file, Level::error, "the lists of codes are not installed beside the library",
                           "share/spie/nomenclatures",
                           "Install the library with its data, or give a folder of your own."});
  return exchange::Nomenclatures::load(lists.string());
}

exchange::ImportOptions import_options(const spie_import_options &given, const char *path) {
  exchange::ImportOptions options;
  options.auteur = text_argument(given.author, "options.author");
  options.enregistre = record_argument(given.recorded_at, "options.recorded_at");
  if (given.name != nullptr)
    options.fichier = text_argument(given.name, "options.name");
  else if (path != nullptr)
    options.fichier = fs::path(path).filename().string();
  if (given.date != nullptr)
    options.date_fichier = date_argument(given.date, "options.date");
  options.identite.rattacher_sur_noms = given.match_names != 0;
  if (given.batch > 0)
    options.lot = static_cast<std::size_t>(given.batch);
  options.limits = load_limits_argument(given.limits);
  if (given.progress != nullptr)
    options.progres = [tell = given.progress, context = given.context](std::int64_t records) {
      if (tell(context, records) != 0)
        refuse_argument("options.progress", "ended the import: what was read does not count");
    };
  return options;
}

exchange::Complements complements(const spie_import_options &given) {
  exchange::Complements more;
  if (given.person != nullptr)
    more.personne = subject_argument(given.person, "options.person");
  if (given.office != nullptr)
    more.organisme = text_argument(given.office, "options.office");
  more.plan = bytes_argument(given.plan, given.plan_length, "options.plan");
  return more;
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_import_formats(char **json, size_t *length, spie_error *error) {
  return give_text(json, length, error, [] { return exchange::formats_value(); });
}

spie_status spie_entry_check(char **json, size_t *length, const char *type, const char *content, size_t content_length,
                             const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view name = text_argument(type, "type");
    const feel::Value given = read_json(bytes_argument(content, content_length, "content"), "content");
    return exchange::to_value(exchange::verifier_saisie(name, given, date_argument(date, "date")));
  });
}

spie_status spie_import(char **json, size_t *length, spie_store *store, const char *format, const char *path,
                        const char *bytes, size_t bytes_length, const spie_import_options *options, spie_error *error) {
  return give_text(json, length, error, [&] {
    needed(options, "options");
    const spie_import_options asked =
        options_argument(options, spie_import_options SPIE_IMPORT_OPTIONS_INIT, offsetof(spie_import_options, office));
    const std::string_view name = text_argument(format, "format");
    const exchange::ImportOptions given = import_options(asked, path);
    const exchange::Complements more = complements(asked);
    const exchange::Nomenclatures lists = lists_argument(asked.nomenclatures);
    const auto content = path != nullptr ? exchange::file_bytes(std::string(text_argument(path, "path")))
                                         : exchange::memory_bytes(bytes_argument(bytes, bytes_length, "bytes"));
    const Use journal(store);
    return exchange::to_value(exchange::importer(*journal, name, *content, given, lists, more));
  });
}

spie_status spie_desk_share(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                            const char *person, const char *format, const char *recipient, const char *date,
                            const char *nomenclatures, spie_error *error) {
  return answer(json, length, desk, store, demand, error,
                [&](droits::Guichet &counter, const droits::Demande &who, dossier::Journal &journal) {
                  const exchange::DemandePartage asked{
                      subject_argument(person, "person"), std::string(text_argument(format, "format")),
                      std::string(text_argument(recipient, "recipient")), date_argument(date, "date")};
                  return exchange::to_value(
                      exchange::partager(journal, counter, *desk->pack, lists_argument(nomenclatures), who, asked));
                });
}
