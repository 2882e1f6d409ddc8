// Badges: keys, what signs and what verifies, images.
#include "bindings/python/arrow_texts.hpp"
#include "bindings/python/records.hpp"
#include "bindings/python/verification.hpp"

#include "credentials/records.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/endorsement.hpp"
#include "spie/credentials/image.hpp"
#include "spie/credentials/lot.hpp"
#include "spie/credentials/registre.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <tuple>

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

// A callback of Python's, for threads that have let the interpreter's lock go: copied and ended under the lock alone.
std::shared_ptr<py::object> held_by(const py::object &callback) {
  return {new py::object(callback), [](py::object *one) {
            const py::gil_scoped_acquire acquire;
            delete one;
          }};
}

// A fetcher; what it raises ends the call.
std::function<std::optional<std::string>(std::string_view)> fetcher_of(const py::object &callback) {
  if (callback.is_none())
    return {};
  const auto held = held_by(callback);
  return [held](std::string_view address) -> std::optional<std::string> {
    const py::gil_scoped_acquire acquire;
    const py::object found = (*held)(py::str(address.data(), address.size()));
    if (found.is_none())
      return std::nullopt;
    return py::cast<std::string>(found);
  };
}

// A signer; what it raises ends the call.
Cle key_elsewhere(const std::string &publique, const py::function &callback) {
  return Cle::ailleurs({publique, [held = held_by(callback)](std::string_view message) {
                          const py::gil_scoped_acquire acquire;
                          const py::object made = (*held)(py::bytes(message.data(), message.size()));
                          if (!py::isinstance<py::bytes>(made))
                            throw py::type_error("a signature is bytes");
                          return py::cast<std::string>(made);
                        }});
}

} // namespace

OptionsVerification to_verification(const py::dict &given) {
  OptionsVerification options;
  options.au = py::cast<std::string>(given["au"]);
  options.documents = pairs_of(py::cast<py::dict>(given["documents"]));
  options.cles = pairs_of(py::cast<py::dict>(given["cles"]));
  options.chercher = fetcher_of(py::cast<py::object>(given["chercher"]));
  options.confiance = py::cast<std::string>(given["confiance"]);
  options.destinataire = py::cast<std::optional<std::string>>(given["destinataire"]);
  for (const auto &name : py::cast<std::vector<std::string>>(given["exiger"])) {
    const auto nom = nom_of(name);
    if (!nom)
      throw Error(Diagnostic{Code::api_argument, Level::error, "There is no check '" + name + "'.", "exiger"});
    options.exiger.push_back(*nom);
  }
  return options;
}

namespace {

Verificateur make_verifier(const py::dict &given) {
  OptionsVerification options = to_verification(given);
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
template <class Text>
py::object verify_each(const Verificateur &verifier, const std::vector<Text> &badges, std::size_t threads) {
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

py::object verify_all(const Verificateur &verifier, const std::vector<std::string> &badges, std::size_t threads) {
  return verify_each(verifier, badges, threads);
}

// Of a column of Arrow, whose bytes stay where they are.
py::object verify_column(const Verificateur &verifier, py::handle column, std::size_t threads) {
  const ArrowTexts read = read_texts(column, "badges");
  return verify_each(verifier, read.texts, threads);
}

// {"preuves", "instant", "methode", "registres"}
OptionsEmission emission_of(const py::dict &given) {
  OptionsEmission options;
  for (const auto &one : py::cast<std::vector<std::string>>(given["preuves"]))
    options.preuves.push_back(read_preuve(one));
  options.instant = py::cast<std::string>(given["instant"]);
  options.methode = py::cast<std::string>(given["methode"]);
  options.registres = py::cast<std::vector<std::string>>(given["registres"]);
  return options;
}

py::object issue(const std::string &credential, const Cle &key, const py::dict &given) {
  const OptionsEmission options = emission_of(given);
  Emission made;
  {
    const py::gil_scoped_release release;
    made = emettre(credential, key, options);
  }
  return give_record(made);
}

using Line = std::tuple<std::int64_t, std::string, std::string, std::string, std::string>;

py::list read_lines(const std::string &text) {
  py::list given;
  for (const LigneLot &one : lire_lot(text))
    given.append(Line{one.ligne, one.id, one.destinataire, one.courriel, one.recit});
  return given;
}

py::object issue_all(const std::string &model, const std::vector<Line> &lines, const Cle &key, const py::dict &given,
                     unsigned threads, const py::object &progress) {
  OptionsLot options;
  options.emission = emission_of(given);
  options.fils = threads;
  if (!progress.is_none())
    options.avancement = [held = held_by(progress)](std::size_t done, std::size_t all) {
      const py::gil_scoped_acquire acquire;
      (*held)(done, all);
    };
  std::vector<BadgeEmis> made;
  {
    const py::gil_scoped_release release;
    std::vector<LigneLot> read;
    for (const auto &[line, id, recipient, email, narrative] : lines)
      read.push_back({line, id, recipient, email, narrative});
    made = emettre_lot(model, read, key, options);
  }
  return give(made, 0);
}

void create_register(const std::string &path, const std::string &list, const std::string &form,
                     const std::string &purpose, std::int64_t entries, int bits,
                     const std::vector<std::string> &messages) {
  creer_registre(path, Registre({list, form, purpose, entries, bits, messages}));
}

std::string enter(const std::string &path, const std::string &credential) {
  const py::gil_scoped_release release; // others may hold the file
  std::string made;
  changer_registre(path, [&](Registre &registre) { made = registre.attester(credential); });
  return made;
}

void set_status(const std::string &path, const std::vector<std::string> &badges, std::int64_t value,
                const std::string &reason) {
  const py::gil_scoped_release release;
  changer_registre(path, [&](Registre &registre) {
    for (const std::string &badge : badges)
      registre.poser(badge, value, reason);
  });
}

py::dict extracted(const std::string &bytes) {
  const Extrait found = extraire(bytes);
  py::dict given;
  given["support"] = found.support;
  given["forme"] = found.forme;
  given["generation"] = py::cast(found.generation);
  given["badge"] = py::bytes(found.badge);
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
  module.def("badge_key_elsewhere", &key_elsewhere, py::arg("public"), py::arg("sign"));
  module.def("badge_issue", &issue, py::arg("credential"), py::arg("key"), py::arg("options"));
  module.def(
      "trust_sign",
      [](const std::string &list, const Cle &key, const std::string &method) {
        const py::gil_scoped_release release; // a key may stand elsewhere, behind a callback
        return signer_liste_confiance(list, key, method);
      },
      py::arg("list"), py::arg("key"), py::arg("method"));
  module.def("badge_lines", &read_lines, py::arg("text"));
  module.def("badge_issue_all", &issue_all, py::arg("model"), py::arg("lines"), py::arg("key"), py::arg("options"),
             py::arg("threads"), py::arg("progress"));
  module.def("register_create", &create_register, py::arg("path"), py::arg("list"), py::arg("form"), py::arg("purpose"),
             py::arg("entries"), py::arg("bits"), py::arg("messages"));
  module.def(
      "register_read", [](const std::string &path) { return give_record(lire_registre(path).etat()); },
      py::arg("path"));
  module.def("register_enter", &enter, py::arg("path"), py::arg("credential"));
  module.def("register_set", &set_status, py::arg("path"), py::arg("badges"), py::arg("value"), py::arg("reason"));
  module.def(
      "register_list",
      [](const std::string &path, const std::string &issuer, const std::string &from, const std::string &until) {
        return lire_registre(path).attestation(issuer, from, until);
      },
      py::arg("path"), py::arg("issuer"), py::arg("start"), py::arg("end"));
  py::class_<Verificateur>(module, "BadgeVerifier")
      .def(py::init(&make_verifier), py::arg("options"))
      .def("verify", &verify_one, py::arg("badge"))
      .def("verify_all", &verify_all, py::arg("badges"), py::arg("threads"))
      .def("verify_column", &verify_column, py::arg("column"), py::arg("threads"));
  module.def(
      "badge_bake",
      [](const std::string &image, const std::string &badge, bool overwrite) {
        return py::bytes(incruster(image, badge, overwrite));
      },
      py::arg("image"), py::arg("badge"), py::arg("overwrite"));
  module.def("badge_join", &joindre, py::arg("credential"), py::arg("endorsement"));
  module.def("badge_extract", &extracted, py::arg("bytes"));
  module.def(
      "badge_qr",
      [](const std::string &address, const std::string &id, const std::string &badge) {
        const Qr code = code_qr(address, id, badge);
        return py::make_tuple(code.texte, code.cote, code.modules);
      },
      py::arg("address"), py::arg("id"), py::arg("badge"));
}

} // namespace spie::python
