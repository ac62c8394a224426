// A run that has left its result already.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace fpk::app {

/// The verdict in `result`, a result.json, where that is of the case with this fingerprint; nothing elsewhere.
std::optional<bool> finished_verdict(const std::filesystem::path& result, std::uint64_t fingerprint);

}  // namespace fpk::app
