// Packs and their decisions.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/convention/etat.hpp"
#include "spie/pack/coverage.hpp"
#include "spie/pack/difference.hpp"
#include "spie/pack/table.hpp"
#include "spie/pack/values.hpp"
#include "spie/parcours/trame.hpp"

#include <cstddef>
#include <filesystem>

namespace spie::capi {

std::vector<std::pair<std::string, feel::Value>> parameters_argument(const Pack &pack, const char *json,
                                                                     std::size_t length, const spie_limits *limits) {
  const feel::Value given = object_argument(json, length, "parameters", limits);
  std::vector<std::pair<std::string, feel::Value>> parameters;
  for (const auto &[name, value] : given.context())
    parameters.push_back(value.is(feel::Kind::text) ? convention::parse_parametre(pack, name, value.text())
                                                    : std::pair(name, value));
  return parameters;
}

namespace {

const Pack &pack_of(const spie_pack *pack) { return *needed(pack, "pack").pack; }
const PackDecision &decision_of(const spie_decision *decision) { return *needed(decision, "decision").decision; }

PackOptions pack_options(const char *folder, const spie_pack_options *options) {
  const spie_pack_options given =
      options_argument(options, spie_pack_options SPIE_PACK_OPTIONS_INIT, offsetof(spie_pack_options, limits));
  if (given.search == nullptr && given.search_count != 0)
    refuse_argument("search", "is NULL and its count is not 0");
  PackOptions result;
  result.limits = load_limits_argument(given.limits);
  for (std::size_t i = 0; i < given.search_count; ++i)
    result.search.emplace_back(&needed(given.search[i], "search"));
  if (result.search.empty()) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(folder, error).lexically_normal();
    result.search.push_back((absolute / "..").string());
    if (std::string bundled = bundled_folder(); !bundled.empty())
      result.search.push_back(std::move(bundled));
  }
  return result;
}

Pack::Files files_argument(const spie_file *files, std::size_t count) {
  Pack::Files result;
  if (count == 0)
    refuse_argument("files", "are none");
  needed(files, "files");
  for (std::size_t i = 0; i < count; ++i)
    result.emplace_back(text_argument(files[i].name, "files[].name"),
                        bytes_argument(files[i].bytes, files[i].length, "files[].bytes"));
  return result;
}

std::vector<std::shared_ptr<const Pack>> bases_argument(const spie_pack *const *bases, std::size_t count) {
  std::vector<std::shared_ptr<const Pack>> result;
  if (count != 0)
    needed(bases, "bases");
  for (std::size_t i = 0; i < count; ++i)
    result.push_back(needed(bases[i], "bases").pack);
  return result;
}

PackResult evaluate(const spie_decision *decision, const char *facts, std::size_t facts_length, const char *as_of,
                    const spie_evaluate_options &asked) {
  const PackDecision &given = decision_of(decision);
  const feel::Value context = object_argument(facts, facts_length, "facts", asked.input);
  const feel::Date date = date_argument(as_of, "as_of");
  PackEvaluateOptions options;
  if (asked.value_only != 0 && (asked.trace != 0 || asked.explanation != 0))
    refuse_argument("value_only", "contradicts trace and explanation");
  options.trace = asked.value_only == 0; // what a value stands on is told from the trace
  options.explanation = asked.explanation != 0;
  options.parametres = parameters_argument(given.pack(), asked.parameters, asked.parameters_length, asked.input);
  options.limits = limits_argument(asked.limits);
  return given.evaluate(context, date, options);
}

template <class Load> feel::Value findings_of(Load &&load) {
  std::shared_ptr<const Pack> pack;
  const std::vector<Diagnostic> refusals = refusals_of([&] { pack = load(); });
  return to_value(refusals.empty() ? parcours::verifier_pack(*pack) : refusals);
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_pack_load(spie_pack **pack, const char *folder, const spie_pack_options *options, spie_error *error) {
  return give_handle(pack, error, [&] {
    const std::string path = &needed(folder, "folder");
    return std::make_unique<spie_pack>(Pack::load(path, pack_options(folder, options)));
  });
}

spie_status spie_pack_from_files(spie_pack **pack, const spie_file *files, size_t file_count,
                                 const spie_pack *const *bases, size_t base_count, spie_error *error) {
  return spie_pack_from_files_within(pack, files, file_count, bases, base_count, nullptr, error);
}

spie_status spie_pack_from_files_within(spie_pack **pack, const spie_file *files, size_t file_count,
                                        const spie_pack *const *bases, size_t base_count, const spie_limits *limits,
                                        spie_error *error) {
  return give_handle(pack, error, [&] {
    return std::make_unique<spie_pack>(Pack::from_files(
        files_argument(files, file_count), bases_argument(bases, base_count), load_limits_argument(limits)));
  });
}

void spie_pack_free(spie_pack *pack) { delete pack; }

const char *spie_pack_id(const spie_pack *pack) { return pack == nullptr ? nullptr : pack->pack->id().c_str(); }
const char *spie_pack_version(const spie_pack *pack) {
  return pack == nullptr ? nullptr : pack->pack->version().c_str();
}
const char *spie_pack_title(const spie_pack *pack) { return pack == nullptr ? nullptr : pack->pack->title().c_str(); }
const char *spie_pack_sha256(const spie_pack *pack) { return pack == nullptr ? nullptr : pack->pack->sha256().c_str(); }

spie_status spie_pack_describe(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_value(pack_of(pack)); });
}

spie_status spie_pack_decisions(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return dmn::to_list(pack_of(pack).model().decisions()); });
}

spie_status spie_pack_parameters(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_list(pack_of(pack).parameters()); });
}

spie_status spie_pack_parameter_at(char **json, size_t *length, const spie_pack *pack, const char *name,
                                   const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &given = pack_of(pack);
    return given.parameter_at(text_argument(name, "name"), date_argument(date, "date")).valeur;
  });
}

spie_status spie_pack_articles(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_list(pack_of(pack).articles()); });
}

spie_status spie_pack_cases(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_list(pack_of(pack).cases()); });
}

spie_status spie_pack_data(char **json, size_t *length, const spie_pack *pack, const char *name, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &given = pack_of(pack);
    const std::string wanted(text_argument(name, "name"));
    const feel::Value *data = given.data(wanted);
    if (data == nullptr)
      throw Error(Diagnostic{Code::pack_file, Level::error, "the pack has no data of this name",
                             "donnees/" + wanted + ".json"});
    return *data;
  });
}

spie_status spie_pack_check(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_value(parcours::verifier_pack(pack_of(pack))); });
}

spie_status spie_pack_coverage(char **json, size_t *length, const spie_pack *pack, int32_t tries, spie_error *error) {
  return give_text(json, length, error, [&] {
    spie::pack::CoverageOptions options;
    if (tries != 0)
      options.tries = tries < 0 ? 0 : static_cast<std::size_t>(tries);
    return spie::pack::coverage(pack_of(pack), options);
  });
}

spie_status spie_pack_columns(char **json, size_t *length, const spie_pack *pack, const char *as_of,
                              spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto &held = needed(pack, "pack").pack;
    const spie::feel::Date day = as_of == nullptr ? held->period_start() : date_argument(as_of, "as_of");
    spie::feel::List result;
    for (const spie::DecisionColumns &one : spie::columns_of(held, day)) {
      spie::feel::List parts;
      for (const spie::DecisionColumns::Reason &part : one.par_lignes)
        parts.emplace_back(spie::feel::Context{{"place", part.place}, {"motif", part.motif}, {"mots", part.mots}});
      result.emplace_back(spie::feel::Context{{"decision", one.decision},
                                              {"colonnes", one.colonnes},
                                              {"place", one.place},
                                              {"motif", one.motif},
                                              {"mots", one.mots},
                                              {"par_lignes", std::move(parts)}});
    }
    return spie::feel::Value(std::move(result));
  });
}

spie_status spie_pack_difference(char **json, size_t *length, const spie_pack *before, const spie_pack *after,
                                 spie_error *error) {
  return give_text(json, length, error, [&] {
    return spie::pack::difference(*needed(before, "before").pack, *needed(after, "after").pack);
  });
}

spie_status spie_pack_check_folder(char **json, size_t *length, const char *folder, const spie_pack_options *options,
                                   spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string path = &needed(folder, "folder");
    const PackOptions given = pack_options(folder, options);
    return findings_of([&] { return Pack::load(path, given); });
  });
}

spie_status spie_pack_check_files(char **json, size_t *length, const spie_file *files, size_t file_count,
                                  const spie_pack *const *bases, size_t base_count, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack::Files given = files_argument(files, file_count);
    const auto packs = bases_argument(bases, base_count);
    return findings_of([&] { return Pack::from_files(given, packs); });
  });
}

spie_status spie_pack_run_cases(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] { return to_list(pack_of(pack).run_cases()); });
}

spie_status spie_pack_decision(spie_decision **decision, const spie_pack *pack, const char *name, spie_error *error) {
  return give_handle(decision, error, [&] {
    return std::make_unique<spie_decision>(spie_decision{pack_of(pack).decision(text_argument(name, "name"))});
  });
}

void spie_decision_free(spie_decision *decision) { delete decision; }

spie_status spie_decision_facts(char **json, size_t *length, const spie_decision *decision, spie_error *error) {
  return give_text(json, length, error, [&] {
    const PackDecision &given = decision_of(decision);
    return dmn::to_list(given.pack().facts(given.info().name));
  });
}

spie_status spie_decision_describe(char **json, size_t *length, const spie_decision *decision, spie_error *error) {
  return give_text(json, length, error, [&] {
    const PackDecision &given = decision_of(decision);
    return given.pack().model().describe(given.info().name);
  });
}

spie_status spie_decision_evaluate(char **json, size_t *length, const spie_decision *decision, const char *facts,
                                   size_t facts_length, const char *as_of, const spie_evaluate_options *options,
                                   spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto asked = options_argument(options, spie_evaluate_options SPIE_EVALUATE_OPTIONS_INIT,
                                        offsetof(spie_evaluate_options, limits));
    const feel::Value record = to_value(evaluate(decision, facts, facts_length, as_of, asked));
    const auto wanted = [&](const std::string &key) {
      return key == "trace"                             ? asked.trace != 0
             : key == "explication"                     ? asked.explanation != 0
             : key == "articles" || key == "parametres" ? asked.value_only == 0
                                                        : true;
    };
    std::vector<feel::Context::Entry> entries;
    for (const feel::Context::Entry &entry : record.context())
      if (wanted(entry.first))
        entries.push_back(entry);
    return result_text(feel::Context::of_distinct(std::move(entries)));
  });
}

spie_status spie_decision_explain(char **text, size_t *length, const spie_decision *decision, const char *facts,
                                  size_t facts_length, const char *as_of, const spie_evaluate_options *options,
                                  spie_error *error) {
  return give_text(text, length, error, [&] {
    auto asked = options_argument(options, spie_evaluate_options SPIE_EVALUATE_OPTIONS_INIT,
                                  offsetof(spie_evaluate_options, limits));
    asked.explanation = 1;
    return evaluate(decision, facts, facts_length, as_of, asked).explanation;
  });
}
