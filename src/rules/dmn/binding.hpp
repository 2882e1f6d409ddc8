// What is being bound, and where it stands: shared by boxes and tables, which hold one another.
#pragma once

#include "rules/dmn/types.hpp"
#include "rules/feel/compiler.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace spie::dmn {

class Binding {
public:
  // `subject` names the element in findings: "decision 'entree'".
  Binding(feel::Compiler &compiler, TypeTable &types, std::uint32_t document, std::string file, std::string subject,
          std::vector<Diagnostic> &findings, const LoadOptions &options)
      : compiler_(compiler), types_(types), document_(document), file_(std::move(file)), subject_(std::move(subject)),
        findings_(findings), options_(options) {}

  feel::Compiler &compiler() noexcept { return compiler_; }
  const LoadOptions &options() const noexcept { return options_; }
  const feel::Scope &type_scope() const { return types_.scope(document_); }
  std::string place(std::uint32_t line) const { return file_ + ":" + std::to_string(line) + ", " + subject_; }
  feel::Type type(const std::string &type_ref, std::uint32_t line); // throws Error (D005)
  void warn(Code code, std::string message, std::uint32_t line) {
    findings_.push_back({code, Level::warning, std::move(message), place(line)});
  }

private:
  feel::Compiler &compiler_;
  TypeTable &types_;
  std::uint32_t document_;
  std::string file_, subject_;
  std::vector<Diagnostic> &findings_;
  const LoadOptions &options_;
};

} // namespace spie::dmn
