// Results and their traces.
#include "bindings/python/results.hpp"

#include "bindings/python/native.hpp"
#include "bindings/python/records.hpp"

#include "rules/dmn/records.hpp"
#include "rules/pack/records.hpp"

#include "spie/dmn/values.hpp"
#include "spie/pack/explain.hpp"
#include "spie/pack/values.hpp"

#include <array>
#include <memory>
#include <utility>

namespace spie::python {

namespace {

using Held = std::shared_ptr<const dmn::Result>;

// Of dmn::Result, then of PackResult: the class of the object says which it holds.
template <auto Get> constexpr getter of_result() {
  return &read_native<Held, [](const Held &held) -> py::object { return Get(*held); }>;
}
// A result of a pack, which writes its explanation once it is asked for: that takes longer than the decision.
struct Explained : PackResult {
  std::shared_ptr<const Pack> pack; // none once it is written
};
const PackResult &pack_result(const Held &held) { return static_cast<const PackResult &>(*held); }
const PackResult &explained(const Held &held) {                                  // under the GIL
  auto &result = const_cast<Explained &>(static_cast<const Explained &>(*held)); // made by give_result, never const
  if (const auto pack = std::exchange(result.pack, nullptr))
    result.explanation = explain(*pack, result);
  return result;
}
template <auto Get> constexpr getter of_pack_result() {
  return &read_native<Held, [](const Held &held) -> py::object { return Get(pack_result(held)); }>;
}

std::array getters{
    PyGetSetDef{"value", of_result<[](const dmn::Result &result) { return to_python(result.value); }>(), nullptr,
                "The value of the decision.", nullptr},
    PyGetSetDef{"status", of_result<[](const dmn::Result &result) { return py::str(dmn::text(result.status)); }>(),
                nullptr, "\"determine\", \"indetermine\" or \"erreur\".", nullptr},
    PyGetSetDef{"errors", of_result<[](const dmn::Result &result) { return to_python(result.errors); }>(), nullptr,
                "The errors that the value depends on.", nullptr},
    PyGetSetDef{"missing", of_result<[](const dmn::Result &result) { return to_python(result.missing); }>(), nullptr,
                "The paths of the facts that the value lacks.", nullptr},
    PyGetSetDef{"refused", of_result<[](const dmn::Result &result) { return to_python(result.refused); }>(), nullptr,
                "Those of the unknown facts that the person refused to give: not to be asked again.", nullptr},
    PyGetSetDef{"_trace", of_result<[](const dmn::Result &result) { return to_python(dmn::to_value(result.trace)); }>(),
                nullptr, nullptr, nullptr},
    PyGetSetDef{},
};

std::array methods{
    PyMethodDef{"to_dict", &call_native<Held, [](const Held &held) { return to_python(dmn::to_value(*held)); }>,
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
    PyGetSetDef{"articles", of_pack_result<[](const PackResult &result) { return to_python(result.articles); }>(),
                nullptr, "The ids of the articles that the value stands on, in order of first use.", nullptr},
    PyGetSetDef{"parameters",
                of_pack_result<[](const PackResult &result) { return give_records(result.parametres); }>(), nullptr,
                "The parameters that it read.", nullptr},
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

const py::object &pack_result_class() {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return class_of_users("spie.pack", "PackResult", storage);
}

} // namespace

py::object give_result(dmn::Result result) {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return make_native<Held>(class_of_users("spie.results", "Result", storage),
                           std::make_shared<const dmn::Result>(std::move(result)));
}

py::object give_result(PackResult result) { return give_result(std::move(result), nullptr); }

py::object give_result(PackResult result, std::shared_ptr<const Pack> pack) {
  if (result.trace.decisions.empty())
    pack = nullptr;
  return make_native<Held>(pack_result_class(),
                           std::make_shared<Explained>(Explained{std::move(result), std::move(pack)}));
}

const PackResult &to_pack_result(py::handle object) {
  if (!py::isinstance(object, pack_result_class()))
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "A result of a pack is expected, not " + std::string(Py_TYPE(object.ptr())->tp_name) + ".",
                           "result"});
  return explained(held_by<Held>(object.ptr()));
}

void register_results(py::module_ &module) {
  const py::object result = native_type<Held>(module, "Result", "What an evaluation gives.",
                                              {{Py_tp_getset, getters.data()}, {Py_tp_methods, methods.data()}});
  native_type<Held>(module, "PackResult", "What a decision of a pack gives.",
                    {{Py_tp_getset, pack_getters.data()}, {Py_tp_methods, pack_methods.data()}}, result);
}

} // namespace spie::python
