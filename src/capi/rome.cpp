// A release of the ROME: read, searched, held against the codes of a passport.
#include "spie/passeport/rome.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"

using namespace spie;
using namespace spie::capi;
using namespace spie::passeport;

namespace {

const Rome &rome_of(const spie_rome *rome) { return *needed(rome, "rome").rome; }

} // namespace

spie_status spie_rome_from_files(spie_rome **rome, const char *version, const spie_file *files, size_t file_count,
                                 spie_error *error) {
  return spie_rome_from_files_within(rome, version, files, file_count, nullptr, error);
}

spie_status spie_rome_from_files_within(spie_rome **rome, const char *version, const spie_file *files,
                                        size_t file_count, const spie_limits *limits, spie_error *error) {
  return give_handle(rome, error, [&] {
    std::vector<FichierRome> given;
    if (file_count != 0)
      needed(files, "files");
    for (size_t i = 0; i < file_count; ++i)
      given.push_back({text_argument(files[i].name, "files[].name"),
                       bytes_argument(files[i].bytes, files[i].length, "files[].bytes")});
    return std::make_unique<spie_rome>(
        spie_rome{Rome::from_files(text_argument(version, "version"), given, load_limits_argument(limits))});
  });
}

spie_status spie_rome_load(spie_rome **rome, const char *folder, const char *version, spie_error *error) {
  return spie_rome_load_within(rome, folder, version, nullptr, error);
}

spie_status spie_rome_load_within(spie_rome **rome, const char *folder, const char *version, const spie_limits *limits,
                                  spie_error *error) {
  return give_handle(rome, error, [&] {
    return std::make_unique<spie_rome>(
        spie_rome{Rome::load(std::string(text_argument(folder, "folder")), text_argument(version, "version"),
                             load_limits_argument(limits))});
  });
}

void spie_rome_free(spie_rome *rome) { delete rome; }

spie_status spie_rome_reading(char **json, size_t *length, const spie_rome *rome, spie_error *error) {
  return give_text(json, length, error, [&] { return to_value(rome_of(rome).lecture()); });
}

spie_status spie_rome_find(char **json, size_t *length, const spie_rome *rome, const char *code, const char *nature,
                           spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string_view only = nature == nullptr ? std::string_view() : text_argument(nature, "nature");
    return to_value(rome_of(rome).trouver(text_argument(code, "code"), only));
  });
}

spie_status spie_rome_search(char **json, size_t *length, const spie_rome *rome, const char *text,
                             const char *const *natures, size_t nature_count, int32_t limit, spie_error *error) {
  return give_text(json, length, error, [&] {
    OptionsRecherche options;
    if (nature_count != 0)
      needed(natures, "natures");
    for (size_t i = 0; i < nature_count; ++i)
      options.natures.emplace_back(text_argument(natures[i], "natures[]"));
    if (limit < 0)
      refuse_argument("limit", "is below 0");
    options.limite = static_cast<size_t>(limit);
    return to_value(rome_of(rome).chercher(text_argument(text, "text"), options));
  });
}

spie_status spie_rome_compare(char **json, size_t *length, const spie_rome *rome, const char *references,
                              size_t references_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto list = read_references_rome(list_argument(references, references_length, "references"));
    return to_value(rome_of(rome).comparer(list));
  });
}
