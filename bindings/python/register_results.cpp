// Results and their traces.
#include "bindings/python/results.hpp"

#include "bindings/python/native.hpp"
#include "bindings/python/records.hpp"

#include "rules/dmn/records.hpp"
#include "rules/pack/records.hpp"

#include "spie/dmn/values.hpp"
#include "spie/pack/explain.hpp"
#include "spie/pack/values.hpp"

#include <structmember.h>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace spie::python {

namespace {

// A result of a pack, which makes its trace and writes its explanation once they are asked for: each takes longer than
// the decision.
struct Explained : PackResult {
  std::shared_ptr<const Pack> pack; // none once it is written
  Traced traced;                    // none once it is made
};

// Lives as long as the process.
PyObject *word_of(dmn::Status status) {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::array<PyObject *, 3>> storage;
  const auto &words = storage
                          .call_once_and_store_result([] {
                            std::array<PyObject *, 3> made{};
                            for (std::size_t i = 0; i < made.size(); ++i)
                              made[i] = py::str(dmn::text(static_cast<dmn::Status>(i))).release().ptr();
                            return made;
                          })
                          .get_stored();
  return words[static_cast<std::size_t>(status)];
}

// Whole in its object, which has no dictionary: made and let go of for each row, that would take as long as its rules.
// Most are determined and without a trace: they hold their value alone.
struct Held {
  Held(py::object &&shown, feel::Value &&determined) noexcept : Held(std::move(shown), dmn::Status::determine) {
    plain = std::move(determined);
  }
  Held(py::object &&shown, std::unique_ptr<dmn::Result> result) noexcept : Held(std::move(shown), result->status) {
    of_model = std::move(result);
  }
  Held(py::object &&shown, std::unique_ptr<Explained> result) noexcept : Held(std::move(shown), result->status) {
    of_pack = std::move(result);
  }
  Held(const Held &) = delete;
  Held &operator=(const Held &) = delete;
  ~Held() {
    Py_XDECREF(value);
    Py_XDECREF(words);
  }
  // Under the GIL.
  const dmn::Result &result() const {
    if (of_pack != nullptr)
      return *of_pack;
    if (of_model == nullptr)
      of_model = std::make_unique<dmn::Result>(dmn::Result{.value = plain});
    return *of_model;
  }

  static Spare spare;

  // As Python reads them, where CPython finds them without a call.
  PyObject *value = nullptr, *status = nullptr;
  PyObject *words = nullptr;  // spie.words.codes.Words, once it is told
  PyObject *weakly = nullptr; // what refers to it so
  feel::Value plain;          // of what is determined, and has no more to tell
  mutable std::unique_ptr<dmn::Result> of_model;
  std::unique_ptr<Explained> of_pack;

private:
  Held(py::object &&shown, dmn::Status as) noexcept : value(shown.release().ptr()), status(word_of(as)) {}
};

Spare Held::spare;

// Of dmn::Result, then of PackResult: the class of the object says which it holds.
template <auto Get> constexpr getter of_result() {
  return &read_native<Held, [](const Held &held) -> py::object { return Get(held.result()); }>;
}
const PackResult &pack_result(const Held &held) { return *held.of_pack; }
// With its trace, and what is told by it; under the GIL.
const dmn::Result &traced(const Held &held) {
  if (held.of_pack == nullptr)
    return held.result();
  Explained &own = *held.of_pack;
  if (own.traced) {
    PackResult whole = own.traced();
    own.trace = std::move(whole.trace);
    own.articles = std::move(whole.articles);
    own.parametres = std::move(whole.parametres); // those that the value rests on alone
    own.traced = nullptr;
  }
  return own;
}
const PackResult &explained(const Held &held) {
  traced(held);
  if (const auto pack = std::exchange(held.of_pack->pack, nullptr))
    held.of_pack->explanation = explain(*pack, *held.of_pack);
  return *held.of_pack;
}
template <auto Get> constexpr getter of_pack_result() {
  return &read_native<Held, [](const Held &held) -> py::object { return Get(pack_result(held)); }>;
}

// --- Pickled and read back -------------------------------------------------------------------------------------------

// (value, status, errors, missing, refused, trace).
py::tuple state_of(const dmn::Result &result) {
  return py::make_tuple(to_python(result.value), dmn::text(result.status), to_python(result.errors),
                        to_python(result.missing), to_python(result.refused), to_python(dmn::to_value(result.trace)));
}
// The same, then (decision, as_of, pack, version, sha256, articles, parameters, explanation).
py::tuple pack_state_of(const Held &held) {
  const PackResult &result = explained(held);
  return py::make_tuple(state_of(result), result.decision, to_python(result.as_of), result.pack_id, result.pack_version,
                        result.pack_sha256, to_python(result.articles), give_records(result.parametres),
                        result.explanation);
}

[[noreturn]] void refuse_state(const std::string &what) {
  throw Error(Diagnostic{Code::api_argument, Level::error, "This is the state of no result: " + what + ".", "state"});
}

template <class Enum, std::size_t Count>
Enum named_as(const std::array<Enum, Count> &all, std::string_view (*text)(Enum) noexcept, const std::string &word) {
  for (const Enum one : all)
    if (text(one) == word)
      return one;
  refuse_state("'" + word + "' is no word of it");
}
dmn::Verdict verdict_of(const std::string &word) {
  using enum dmn::Verdict;
  return named_as(std::array{vrai, faux, inconnu, erreur, non_evalue}, &dmn::text, word);
}

// The inverse of dmn::to_value(Trace).
class TraceReader {
public:
  explicit TraceReader(const feel::Value &value) : value_(value) {}

  dmn::Trace read() const {
    dmn::Trace trace;
    each(value_, [&](const TraceReader &decision) { trace.decisions.push_back(decision.decision()); });
    return trace;
  }

private:
  const feel::Value &at(const char *key) const {
    const feel::Value *found = value_.is(feel::Kind::context) ? value_.context().find(key) : nullptr;
    if (found == nullptr)
      refuse_state(std::string("its trace lacks '") + key + "'");
    return *found;
  }
  static const std::string &text_in(const feel::Value &value) {
    if (!value.is(feel::Kind::text))
      refuse_state("its trace holds no text where one stands");
    return value.text();
  }
  const std::string &text(const char *key) const { return text_in(at(key)); }
  bool truth(const char *key) const {
    const feel::Value &value = at(key);
    if (!value.is(feel::Kind::boolean))
      refuse_state(std::string("'") + key + "' of its trace is no boolean");
    return value.boolean();
  }
  template <class Read> static void each(const feel::Value &list, Read &&read) {
    if (!list.is(feel::Kind::list))
      refuse_state("its trace holds no list where one stands");
    for (const feel::Value &item : list.list())
      read(TraceReader(item));
  }
  std::vector<std::string> texts(const char *key) const {
    std::vector<std::string> found;
    each(at(key), [&](const TraceReader &item) { found.push_back(text_in(item.value_)); });
    return found;
  }

  dmn::RuleTrace rule() const {
    dmn::RuleTrace rule;
    const auto number = at("numero").is(feel::Kind::number) ? at("numero").number().to_int64() : std::nullopt;
    if (!number || *number < 0)
      refuse_state("a rule of its trace has no number");
    rule.number = static_cast<std::size_t>(*number);
    rule.id = text("id");
    rule.verdict = verdict_of(text("verdict"));
    rule.hit = truth("retenue");
    each(at("cellules"), [&](const TraceReader &cell) { rule.cells.push_back(verdict_of(text_in(cell.value_))); });
    rule.annotations = texts("annotations");
    return rule;
  }
  dmn::TableTrace table() const {
    dmn::TableTrace table;
    table.hit_policy = text("politique");
    each(at("colonnes"), [&](const TraceReader &column) {
      table.inputs.push_back({column.text("libelle"), column.text("expression"), column.at("valeur")});
    });
    each(at("regles"), [&](const TraceReader &rule) { table.rules.push_back(rule.rule()); });
    table.default_output = truth("sortie_par_defaut");
    table.value = at("valeur");
    return table;
  }
  dmn::DecisionTrace decision() const {
    dmn::DecisionTrace decision;
    decision.name = text("nom");
    decision.label = text("libelle");
    decision.file = text("fichier");
    decision.value = at("valeur");
    each(at("faits"), [&](const TraceReader &fact) {
      decision.facts.push_back({fact.text("chemin"), fact.text("libelle"), fact.at("valeur"), fact.truth("decision")});
    });
    each(at("tables"), [&](const TraceReader &table) { decision.tables.push_back(table.table()); });
    each(at("entrees"), [&](const TraceReader &entry) {
      decision.entries.push_back({entry.text("nom"), entry.at("valeur")});
    });
    decision.authorities = texts("sources");
    return decision;
  }

  const feel::Value &value_;
};

void read_state(dmn::Result &result, const py::tuple &state) {
  if (state.size() != 6)
    refuse_state("it has another length");
  result.value = to_value(state[0]);
  result.status = named_as(std::array{dmn::Status::determine, dmn::Status::indetermine, dmn::Status::erreur},
                           &dmn::text, py::cast<std::string>(state[1]));
  take(state[2], result.errors);
  take(state[3], result.missing);
  take(state[4], result.refused);
  const feel::Value trace = to_value(state[5]);
  result.trace = TraceReader(trace).read();
}

py::object result_again(const py::tuple &state) {
  dmn::Result result;
  read_state(result, state);
  return give_result(std::move(result));
}

py::object pack_result_again(const py::tuple &state) {
  if (state.size() != 9)
    refuse_state("it has another length");
  PackResult result;
  read_state(result, py::cast<py::tuple>(state[0]));
  take(state[1], result.decision);
  result.as_of = to_date(state[2], "state");
  take(state[3], result.pack_id);
  take(state[4], result.pack_version);
  take(state[5], result.pack_sha256);
  take(state[6], result.articles);
  take(state[7], result.parametres);
  take(state[8], result.explanation);
  return give_result(std::move(result));
}

std::array getters{
    PyGetSetDef{"errors", of_result<[](const dmn::Result &result) { return to_python(result.errors); }>(), nullptr,
                "The errors that the value depends on.", nullptr},
    PyGetSetDef{"missing", of_result<[](const dmn::Result &result) { return to_python(result.missing); }>(), nullptr,
                "The paths of the facts that the value lacks.", nullptr},
    PyGetSetDef{"refused", of_result<[](const dmn::Result &result) { return to_python(result.refused); }>(), nullptr,
                "Those of the unknown facts that the person refused to give: not to be asked again.", nullptr},
    PyGetSetDef{
        "_trace",
        &read_native<Held, [](const Held &held) -> py::object { return to_python(dmn::to_value(traced(held).trace)); }>,
        nullptr, nullptr, nullptr},
    PyGetSetDef{"_state", of_result<[](const dmn::Result &result) { return state_of(result); }>(), nullptr, nullptr,
                nullptr},
    PyGetSetDef{},
};

constexpr Py_ssize_t place_of(std::size_t in_held) {
  return static_cast<Py_ssize_t>(offsetof(Native<Held>, held) + in_held);
}

std::array members{
    PyMemberDef{"value", T_OBJECT_EX, place_of(offsetof(Held, value)), READONLY, "The value of the decision."},
    PyMemberDef{"status", T_OBJECT_EX, place_of(offsetof(Held, status)), READONLY,
                "\"determine\", \"indetermine\" or \"erreur\"."},
    PyMemberDef{"_words", T_OBJECT_EX, place_of(offsetof(Held, words)), 0, nullptr},
    PyMemberDef{"__weaklistoffset__", T_PYSSIZET, place_of(offsetof(Held, weakly)), READONLY, nullptr},
    PyMemberDef{},
};

std::array methods{
    PyMethodDef{"to_dict", &call_native<Held, [](const Held &held) { return to_python(dmn::to_value(held.result())); }>,
                METH_NOARGS, "All of it, under the French keys of the JSON."},
    PyMethodDef{},
};

std::array pack_getters{
    PyGetSetDef{"decision", of_pack_result<[](const PackResult &result) { return py::str(result.decision); }>(),
                nullptr, "The name of the decision.", nullptr},
    PyGetSetDef{"as_of", of_pack_result<[](const PackResult &result) { return to_python(result.as_of); }>(), nullptr,
                "The day it was decided at.", nullptr},
    PyGetSetDef{"pack_id", of_pack_result<[](const PackResult &result) { return py::str(result.pack_id); }>(), nullptr,
                "The pack that decided.", nullptr},
    PyGetSetDef{"pack_version", of_pack_result<[](const PackResult &result) { return py::str(result.pack_version); }>(),
                nullptr, "Its version.", nullptr},
    PyGetSetDef{"pack_sha256", of_pack_result<[](const PackResult &result) { return py::str(result.pack_sha256); }>(),
                nullptr, "Of all its files and those of the packs it extends.", nullptr},
    PyGetSetDef{"articles",
                &read_native<Held,
                             [](const Held &held) -> py::object {
                               traced(held);
                               return to_python(pack_result(held).articles);
                             }>,
                nullptr, "The ids of the articles that the value stands on, in order of first use.", nullptr},
    PyGetSetDef{"parameters",
                &read_native<Held,
                             [](const Held &held) -> py::object {
                               traced(held);
                               return give_records(pack_result(held).parametres);
                             }>,
                nullptr, "The parameters that it read.", nullptr},
    PyGetSetDef{"_state", &read_native<Held, [](const Held &held) -> py::object { return pack_state_of(held); }>,
                nullptr, nullptr, nullptr},
    PyGetSetDef{},
};

std::array pack_methods{
    PyMethodDef{"to_dict",
                &call_native<Held, [](const Held &held) { return to_python(spie::to_value(explained(held))); }>,
                METH_NOARGS, "All of it, under the French keys of the JSON."},
    PyMethodDef{"explain", &call_native<Held, [](const Held &held) { return py::str(explained(held).explanation); }>,
                METH_NOARGS, "In French: what was decided, because of which facts, by which rule of which article."},
    PyMethodDef{},
};

const py::object &result_class() {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return class_of_users("spie.results", "Result", storage, [](py::object type) {
    type = plain_as_its_base(std::move(type));
    Held::spare.serve(reinterpret_cast<PyTypeObject *>(type.ptr()));
    return type;
  });
}

const py::object &pack_result_class() {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return class_of_users("spie.pack", "PackResult", storage, &plain_as_its_base);
}

} // namespace

py::object give_determined(feel::Value &&value) {
  py::object shown = to_python(value);
  return make_spared<Held>(&result_class, std::move(shown), std::move(value));
}

py::object give_result(dmn::Result &&result) {
  py::object shown = to_python(result.value);
  return make_spared<Held>(&result_class, std::move(shown), std::make_unique<dmn::Result>(std::move(result)));
}

py::object give_result(PackResult result) { return give_result(std::move(result), nullptr); }

py::object give_result(PackResult result, std::shared_ptr<const Pack> pack, Traced traced) {
  if (result.trace.decisions.empty() && !traced)
    pack = nullptr;
  py::object shown = to_python(result.value);
  return make_native<Held>(
      pack_result_class(), std::move(shown),
      std::make_unique<Explained>(Explained{std::move(result), std::move(pack), std::move(traced)}));
}

const PackResult &to_pack_result(py::handle object) {
  if (!py::isinstance(object, pack_result_class()))
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "A result of a pack is expected, not " + std::string(Py_TYPE(object.ptr())->tp_name) + ".",
                           "result"});
  return explained(held_by<Held>(object.ptr()));
}

void register_results(py::module_ &module) {
  const py::object result = native_type<Held>(
      module, "Result", "What an evaluation gives.",
      {{Py_tp_getset, getters.data()}, {Py_tp_members, members.data()}, {Py_tp_methods, methods.data()}});
  native_type<Held>(module, "PackResult", "What a decision of a pack gives.",
                    {{Py_tp_getset, pack_getters.data()}, {Py_tp_methods, pack_methods.data()}}, result);
  module.def("result_again", &result_again, py::arg("state"));
  module.def("pack_result_again", &pack_result_again, py::arg("state"));
}

} // namespace spie::python
