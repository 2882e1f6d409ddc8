// Badges: keys, what signs and what verifies, images.
#include "bindings/python/records.hpp"

#include "credentials/carrier.hpp"
#include "credentials/carrier/qr.hpp"
#include "credentials/records.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/endorsement.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace spie::python {
namespace {

using namespace credentials;
using Pairs = std::vector<std::pair<std::string, std::string>>;

// What Python holds as bytes.
Pairs pairs_of(const py::dict &given) {
  Pairs pairs;
  for (const auto &[name, bytes] : given)
    pairs.emplace_back(py::cast<std::string>(name), std::string(py::cast<std::string_view>(bytes)));
  return pairs;
}

// A fetcher of Python's, asked from threads that have let the interpreter's lock go; what it raises ends the call.
std::function<std::optional<std::string>(std::string_view)> fetcher_of(const py::object &callback) {
  if (callback.is_none())
    return {};
  // Copied and ended under the lock alone.
  const std::shared_ptr<py::object> held(new py::object(callback), [](py::object *one) {
    const py::gil_scoped_acquire acquire;
    delete one;
  });
  return [held](std::string_view address) -> std::optional<std::string> {
    const py::gil_scoped_acquire acquire;
    const py::object found = (*held)(py::str(address.data(), address.size()));
    if (found.is_none())
      return std::nullopt;
    return py::cast<std::string>(found);
  };
}

Verificateur make_verifier(const py::dict &given) {
  OptionsVerification options;
  options.au = py::cast<std::string>(given["au"]);
  options.documents = pairs_of(py::cast<py::dict>(given["documents"]));
  options.cles = pairs_of(py::cast<py::dict>(given["cles"]));
  options.chercher = fetcher_of(py::cast<py::object>(given["chercher"]));
  options.confiance = py::cast<std::string>(given["confiance"]);
  options.destinataire = py::cast<std::string>(given["destinataire"]);
  for (const auto &name : py::cast<std::vector<std::string>>(given["exiger"])) {
    const auto nom = nom_of(name);
    if (!nom)
      throw Error(Diagnostic{Code::api_argument, Level::error, "There is no check '" + name + "'.", "exiger"});
    options.exiger.push_back(*nom);
  }
  const py::gil_scoped_release release;
  return Verificateur(std::move(options));
}

py::object verify_one(const Verificateur &verifier, const std::string &bytes) {
  Rapport report;
  {
    const py::gil_scoped_release release;
    report = verifier.verifier(bytes);
  }
  return give_record(report);
}

// In the order given, on so many threads; the first thing that a fetcher raises ends the whole.
py::object verify_all(const Verificateur &verifier, const std::vector<std::string> &badges, std::size_t threads) {
  std::vector<Rapport> reports(badges.size());
  {
    const py::gil_scoped_release release;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    std::exception_ptr failure;
    const auto work = [&] {
      try {
        for (std::size_t i = next++; i < badges.size() && !failed; i = next++)
          reports[i] = verifier.verifier(badges[i]);
      } catch (...) {
        if (!failed.exchange(true))
          failure = std::current_exception();
      }
    };
    std::vector<std::thread> others;
    const std::size_t wanted = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    for (std::size_t i = 1; i < std::min(wanted, badges.size()); ++i)
      others.emplace_back(work);
    work();
    for (std::thread &one : others)
      one.join();
    if (failure)
      std::rethrow_exception(failure);
  }
  return give(reports, 0);
}

py::object issue(const std::string &credential, const Cle &key, const std::vector<std::string> &proofs,
                 const std::string &instant, const std::string &method) {
  OptionsEmission options;
  for (const std::string &one : proofs)
    options.preuves.push_back(read_preuve(one));
  options.instant = instant;
  options.methode = method;
  Emission made;
  {
    const py::gil_scoped_release release;
    made = emettre(credential, key, options);
  }
  return give_record(made);
}

py::object optional_text(const std::optional<Generation> &generation) {
  return generation ? py::object(py::str(std::string(text(*generation)))) : py::object(py::none());
}

py::dict extracted(const std::string &bytes) {
  const Extracted found = extract(bytes);
  py::dict given;
  given["support"] = std::string(text(found.form));
  given["forme"] = found.kind == Extracted::Kind::json  ? "json"
                   : found.kind == Extracted::Kind::jws ? "jws"
                                                        : "adresse";
  given["generation"] = optional_text(found.generation);
  given["badge"] = py::bytes(found.bytes);
  return given;
}

} // namespace

void register_badges(py::module_ &module) {
  py::class_<Cle>(module, "BadgeKey")
      .def("public", [](const Cle &key) { return give_record(key.publiques()); })
      .def(
          "write", [](const Cle &key, const std::string &phrase) { return py::bytes(key.ecrire(phrase)); },
          py::arg("phrase"));
  module.def(
      "badge_key", [](const std::string &algorithm) { return Cle::generer(algorithm); }, py::arg("algorithm"));
  module.def(
      "badge_key_read", [](const std::string &pem, const std::string &phrase) { return Cle::lire(pem, phrase); },
      py::arg("pem"), py::arg("phrase"));
  module.def("badge_issue", &issue, py::arg("credential"), py::arg("key"), py::arg("proofs"), py::arg("instant"),
             py::arg("method"));
  py::class_<Verificateur>(module, "BadgeVerifier")
      .def(py::init(&make_verifier), py::arg("options"))
      .def("verify", &verify_one, py::arg("badge"))
      .def("verify_all", &verify_all, py::arg("badges"), py::arg("threads"));
  module.def(
      "badge_bake",
      [](const std::string &image, const std::string &badge, bool overwrite) {
        return py::bytes(bake(image, badge, overwrite));
      },
      py::arg("image"), py::arg("badge"), py::arg("overwrite"));
  module.def("badge_join", &joindre, py::arg("credential"), py::arg("endorsement"));
  module.def("badge_extract", &extracted, py::arg("bytes"));
  module.def(
      "badge_qr",
      [](const std::string &address, const std::string &id, const std::string &badge) {
        const std::string said = qr_text(address, id, badge);
        const QrMatrix matrix = qr_matrix(said);
        return py::make_tuple(said, matrix.side, matrix.modules);
      },
      py::arg("address"), py::arg("id"), py::arg("badge"));
}

} // namespace spie::python
