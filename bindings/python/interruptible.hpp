// A journal that is gone through whole: a signal (Ctrl-C) ends the call that reads it, which may be of an hour.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/dossier/journal.hpp"

namespace spie::python {

// The journal itself, but that reading it throws what a signal raised in Python. Used where the interpreter's lock was
// let go, by calls that write nothing.
class Interruptible final : public dossier::Journal {
public:
  explicit Interruptible(dossier::Journal &journal) noexcept : journal_(journal) {}

  dossier::Evenements about(const dossier::Sujet &subject) override {
    listen();
    return journal_.about(subject);
  }
  std::optional<dossier::Evenement> find(std::string_view id) override {
    listen();
    return journal_.find(id);
  }
  void each(std::int64_t from, std::int64_t until,
            const std::function<void(const dossier::Evenement &)> &visit) override {
    journal_.each(from, until, [&](const dossier::Evenement &event) {
      listen();
      visit(event);
    });
  }
  std::vector<dossier::Sujet> lookup(std::string_view kind, std::string_view value, std::size_t limit) override {
    listen();
    return journal_.lookup(kind, value, limit);
  }
  std::vector<dossier::Trouve> keyed(std::string_view kind, std::string_view prefix, std::string_view after,
                                     std::size_t limit) override {
    listen();
    return journal_.keyed(kind, prefix, after, limit);
  }
  std::vector<dossier::Sujet> subjects(dossier::Genre genre, std::string_view after, std::size_t limit) override {
    listen();
    return journal_.subjects(genre, after, limit);
  }

  // What takes no time to speak of, or writes.
  void begin() override { journal_.begin(); }
  void commit() override { journal_.commit(); }
  void rollback() noexcept override { journal_.rollback(); }
  void append(std::vector<dossier::Evenement> &events, dossier::Instant at) override { journal_.append(events, at); }
  std::optional<std::pair<std::int64_t, dossier::Instant>> closed(std::string_view import_id) override {
    return journal_.closed(import_id);
  }
  dossier::Tete head() override { return journal_.head(); }
  std::optional<dossier::Instant> dernier_instant() override { return journal_.dernier_instant(); }
  dossier::Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, dossier::Instant at) override {
    return journal_.reprendre_horloge(motif, auteur, at);
  }
  std::optional<dossier::AccesConnu> acces() override { return journal_.acces(); }
  void garder_acces(std::string_view identite, dossier::Instant at) override { journal_.garder_acces(identite, at); }
  void backup(const std::string &path) override { journal_.backup(path); }
  dossier::Verification verify(std::optional<std::string_view> head) override { return journal_.verify(head); }
  std::vector<dossier::Effacement> erase(const std::vector<dossier::Sujet> &subjects, std::string_view motif,
                                         std::string_view auteur, dossier::Instant at,
                                         const std::function<void()> &before) override {
    return journal_.erase(subjects, motif, auteur, at, before);
  }
  void scrub() override { journal_.scrub(); }
  std::vector<dossier::Effacement> erasures() override { return journal_.erasures(); }
  std::size_t replay(const std::vector<std::string> &jetons, std::string_view auteur, dossier::Instant at) override {
    return journal_.replay(jetons, auteur, at);
  }
  void adopt_keys(std::string_view cles) override { journal_.adopt_keys(cles); }
  std::vector<std::string> nir_fingerprints(std::string_view nir13) override {
    return journal_.nir_fingerprints(nir13);
  }
  std::string draw_id() override { return journal_.draw_id(); }

private:
  void listen() {
    constexpr int between = 64; // readings: the interpreter's lock may have to be waited for
    if (++read_ % between != 0)
      return;
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0)
      throw py::error_already_set();
  }

  dossier::Journal &journal_;
  int read_ = 0;
};

} // namespace spie::python
