#include "io/vtk_writer.hpp"

#include <fmt/format.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkObject.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkRectilinearGrid.h>
#include <vtkXMLImageDataWriter.h>
#include <vtkXMLPolyDataWriter.h>
#include <vtkXMLRectilinearGridWriter.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "io/writers.hpp"

namespace fpk::io {

namespace {

/// First and last point index on each axis, as VTK counts them; a missing axis is one point thick.
using Extent = std::array<int, 6>;

Extent whole_extent(const law::Grid& grid) {
  Extent e{};
  for (std::size_t a = 0; a < grid.dimension(); ++a) e[2 * a + 1] = static_cast<int>(grid.cells(a));
  return e;
}

/// The planes [begin, end) of the last axis.
Extent piece_extent(const law::Grid& grid, std::size_t begin, std::size_t end) {
  Extent e = whole_extent(grid);
  const std::size_t last = grid.dimension() - 1;
  e[2 * last] = static_cast<int>(begin);
  e[2 * last + 1] = static_cast<int>(end);
  return e;
}

std::string extent_text(const Extent& e) { return fmt::format("{}", fmt::join(e, " ")); }

bool is_uniform(const law::Grid& grid) {
  return std::all_of(grid.axes().begin(), grid.axes().end(), [](const auto& a) { return a.is_uniform(); });
}

std::array<double, 3> origin(const law::Grid& grid) {
  std::array<double, 3> x{};
  for (std::size_t a = 0; a < grid.dimension(); ++a) x[a] = grid.axis(a).lower();
  return x;
}

std::array<double, 3> spacing(const law::Grid& grid) {
  std::array<double, 3> h{1, 1, 1};
  for (std::size_t a = 0; a < grid.dimension(); ++a)
    h[a] = grid.axis(a).length() / static_cast<double>(grid.cells(a));
  return h;
}

vtkNew<vtkDoubleArray> to_vtk(const CellField& field) {
  vtkNew<vtkDoubleArray> array;
  array->SetName(field.name.c_str());
  array->SetNumberOfComponents(static_cast<int>(field.components));
  array->SetNumberOfTuples(static_cast<vtkIdType>(field.values.size() / field.components));
  std::copy(field.values.begin(), field.values.end(), array->GetPointer(0));
  return array;
}

/// nullptr where there is none.
const CellField* first_tensor(const std::vector<CellField>& fields) {
  const auto found = std::ranges::find(fields, 9U, &CellField::components);
  return found == fields.end() ? nullptr : &*found;
}

void add_fields(vtkDataSet& data, const std::vector<CellField>& fields) {
  for (const auto& field : fields) {
    if (field.components == 0 ||
        field.values.size() != static_cast<std::size_t>(data.GetNumberOfCells()) * field.components)
      throw std::invalid_argument("field '" + field.name +
                                  "' does not have a value for each cell of the part");
    data.GetCellData()->AddArray(to_vtk(field));
  }
  if (!fields.empty()) data.GetCellData()->SetActiveScalars(fields.front().name.c_str());
  if (const auto* tensor = first_tensor(fields)) data.GetCellData()->SetActiveTensors(tensor->name.c_str());
}

/// Inline base64 with zlib, never VTK's default "appended" section, which ParaView 5.11 of Debian 12 cannot
/// parse. False where the file could not be written.
bool write(vtkXMLWriter& writer, vtkDataObject& data, const std::filesystem::path& path) {
  writer.SetFileName(path.c_str());
  writer.SetInputDataObject(&data);
  writer.SetDataModeToBinary();
  writer.SetCompressorTypeToZLib();
  const int warnings = vtkObject::GetGlobalWarningDisplay();
  vtkObject::GlobalWarningDisplayOff();  // the failure is told by OutputError, not by VTK's own lines
  const bool written = writer.Write() == 1 && writer.GetErrorCode() == 0;
  vtkObject::SetGlobalWarningDisplay(warnings);
  return written;
}

bool write_image(const law::Grid& grid, Extent extent, const std::vector<CellField>& fields,
                 const std::filesystem::path& path) {
  vtkNew<vtkImageData> image;
  image->SetOrigin(origin(grid).data());
  image->SetSpacing(spacing(grid).data());
  image->SetExtent(extent.data());
  add_fields(*image, fields);
  return write(*vtkNew<vtkXMLImageDataWriter>(), *image, path);
}

vtkNew<vtkDoubleArray> coordinates(const law::Grid& grid, std::size_t a, const Extent& extent) {
  vtkNew<vtkDoubleArray> x;
  for (int i = extent[2 * a]; i <= extent[2 * a + 1]; ++i)
    x->InsertNextValue(a < grid.dimension() ? grid.axis(a).edge(static_cast<std::size_t>(i)) : 0.0);
  return x;
}

bool write_rectilinear(const law::Grid& grid, Extent extent, const std::vector<CellField>& fields,
                       const std::filesystem::path& path) {
  vtkNew<vtkRectilinearGrid> rectilinear;
  rectilinear->SetExtent(extent.data());
  rectilinear->SetXCoordinates(coordinates(grid, 0, extent));
  rectilinear->SetYCoordinates(coordinates(grid, 1, extent));
  rectilinear->SetZCoordinates(coordinates(grid, 2, extent));
  add_fields(*rectilinear, fields);
  return write(*vtkNew<vtkXMLRectilinearGridWriter>(), *rectilinear, path);
}

/// The file that names the pieces of all processes (VTK file formats, "parallel XML").
std::string pieces_xml(const law::GridPart& part, const std::vector<CellField>& fields,
                       const std::string& stem) {
  const auto& grid = part.grid();
  const bool uniform = is_uniform(grid);
  const std::string kind = uniform ? "PImageData" : "PRectilinearGrid", ending = uniform ? ".vti" : ".vtr";
  const auto frame = uniform ? fmt::format(" Origin=\"{}\" Spacing=\"{}\"", fmt::join(origin(grid), " "),
                                           fmt::join(spacing(grid), " "))
                             : std::string();
  auto xml = fmt::format(
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"{0}\" version=\"0.1\">\n"
      "  <{0} WholeExtent=\"{1}\" GhostLevel=\"0\"{2}>\n",
      kind, extent_text(whole_extent(grid)), frame);
  if (!uniform) {
    xml += "    <PCoordinates>\n";
    for (const char axis : {'X', 'Y', 'Z'})
      xml += fmt::format("      <PDataArray type=\"Float64\" Name=\"{}\"/>\n", axis);
    xml += "    </PCoordinates>\n";
  }
  const auto* tensor = first_tensor(fields);
  xml += fmt::format("    <PCellData Scalars=\"{}\"{}>\n", fields.empty() ? "" : fields.front().name,
                     tensor == nullptr ? "" : fmt::format(" Tensors=\"{}\"", tensor->name));
  for (const auto& f : fields)
    xml += fmt::format("      <PDataArray type=\"Float64\" Name=\"{}\" NumberOfComponents=\"{}\"/>\n", f.name,
                       f.components);
  xml += "    </PCellData>\n";
  const auto starts = part.plane_starts();
  for (std::size_t r = 0; r + 1 < starts.size(); ++r)
    xml += fmt::format("    <Piece Extent=\"{}\" Source=\"{}_{}{}\"/>\n",
                       extent_text(piece_extent(grid, starts[r], starts[r + 1])), stem, r, ending);
  return xml + fmt::format("  </{}>\n</VTKFile>\n", kind);
}

/// Number of the entry that a file of the series belongs to: 12 of "density_0012.vti" and "density_0012_1.vti". Nothing for
/// any other file.
std::optional<std::size_t> entry_of(const std::filesystem::path& file, const std::string& name) {
  const auto text = file.filename().string(), ending = file.extension().string();
  if (!text.starts_with(name + "_") || !(ending.starts_with(".vt") || ending.starts_with(".pvt"))) return {};
  std::size_t number = 0;
  const char* const begin = text.data() + name.size() + 1;
  const auto parsed = std::from_chars(begin, text.data() + text.size(), number);
  return parsed.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// Removes what an older series in `folder` has from entry `from` on, and nothing else.
void forget(const std::filesystem::path& folder, const std::string& name, std::size_t from) {
  std::error_code error;
  if (from == 0) std::filesystem::remove(folder / (name + ".pvd"), error);
  remove_unfinished(folder, name + ".pvd");
  remove_unfinished(folder / name, name + "_");
  std::vector<std::filesystem::path> later;
  for (const auto& entry : std::filesystem::directory_iterator(folder / name, error))
    if (const auto number = entry_of(entry.path(), name); number && *number >= from)
      later.push_back(entry.path());
  for (const auto& file : later) std::filesystem::remove(file, error);
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw OutputError("cannot make the folder " + folder.string() + ": " + error.message());
}

/// Runs `action` on the root process; where it throws OutputError, every process throws one.
template <typename Action>
void on_root(const parallel::Communicator& processes, Action action) {
  std::string failure;
  if (processes.is_root()) try {
      action();
    } catch (const OutputError& e) {
      failure = e.what();
    }
  if (processes.sum(static_cast<std::int64_t>(failure.empty() ? 0 : 1)) > 0)
    throw OutputError(failure.empty() ? "the first process could not write its output" : failure);
}

}  // namespace

std::string write_vtk_fields(const std::filesystem::path& folder, const std::string& stem,
                             const law::GridPart& part, const std::vector<CellField>& fields) {
  const auto& processes = part.processes();
  on_root(processes, [&] { make_folder(folder); });
  const bool uniform = is_uniform(part.grid()), alone = processes.size() == 1;
  const auto ending = uniform ? std::string("vti") : std::string("vtr");
  const auto piece =
      folder / (alone ? stem + "." + ending : fmt::format("{}_{}.{}", stem, processes.rank(), ending));
  const auto extent = piece_extent(part.grid(), part.first_plane(), part.first_plane() + part.planes());
  const bool written = uniform ? write_image(part.grid(), extent, fields, piece)
                               : write_rectilinear(part.grid(), extent, fields, piece);
  if (processes.sum(static_cast<std::int64_t>(written ? 0 : 1)) > 0)
    throw OutputError("cannot write " + piece.string() + " on every process");
  const auto file = fmt::format("{}.{}{}", stem, alone ? "" : "p", ending);
  if (!alone) on_root(processes, [&] { write_whole(folder / file, pieces_xml(part, fields, stem)); });
  return file;
}

VtkSeries::VtkSeries(std::filesystem::path folder, const law::GridPart& part, bool go_on)
    : folder_(std::move(folder)), part_(part) {
  on_root(part_.processes(), [&] {
    for (const char* name : {"density", "particles"}) {
      if (!go_on) forget(folder_, name, 0);
      make_folder(folder_ / name);
    }
  });
}

void VtkSeries::archive(parallel::Archive& archive) {
  archive("density.pvd", densities_);
  archive("particles.pvd", particles_);
  archive("coloured_by", coloured_by_);
  if (!archive.is_restoring()) return;
  on_root(part_.processes(), [&] {
    rewind("density", densities_);
    rewind("particles", particles_);
  });
}

void VtkSeries::rewind(const std::string& name, const Entries& entries) const {
  for (const auto& [time, file] : entries)
    if (!std::filesystem::exists(folder_ / file))
      throw OutputError((folder_ / file).string() +
                        " is gone, which the checkpoint counts on; run without --resume to start anew");
  forget(folder_, name, entries.size());
  if (!entries.empty()) write_collection(name, entries);
}

void VtkSeries::add_density(double time, const std::vector<CellField>& fields) {
  const auto scalar =
      std::find_if(fields.begin(), fields.end(), [](const auto& f) { return f.components == 1; });
  if (scalar != fields.end()) coloured_by_ = scalar->name;
  const auto file =
      write_vtk_fields(folder_ / "density", fmt::format("density_{:04}", densities_.size()), part_, fields);
  densities_.emplace_back(time, "density/" + file);
  on_root(part_.processes(), [&] { write_collection("density", densities_); });
}

void VtkSeries::add_particles(double time, const std::vector<std::array<double, 3>>& points,
                              const std::vector<double>& ids) {
  if (!part_.processes().is_root()) return;
  if (ids.size() != points.size()) throw std::invalid_argument("every particle needs an id");
  vtkNew<vtkPoints> positions;
  vtkNew<vtkCellArray> vertices;
  vtkNew<vtkDoubleArray> id;
  id->SetName("id");
  for (std::size_t i = 0; i < points.size(); ++i) {
    const vtkIdType v = positions->InsertNextPoint(points[i].data());
    vertices->InsertNextCell(1, &v);
    id->InsertNextValue(ids[i]);
  }
  vtkNew<vtkPolyData> particles;
  particles->SetPoints(positions);
  particles->SetVerts(vertices);
  particles->GetPointData()->SetScalars(id);
  const auto file = fmt::format("particles/particles_{:04}.vtp", particles_.size());
  if (!write(*vtkNew<vtkXMLPolyDataWriter>(), *particles, folder_ / file))
    throw OutputError("cannot write " + (folder_ / file).string());
  particles_.emplace_back(time, file);
  write_collection("particles", particles_);
}

void VtkSeries::write_collection(const std::string& name, const Entries& entries) const {
  std::string xml =
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\">\n  <Collection>\n";
  for (const auto& [time, file] : entries)
    xml += fmt::format("    <DataSet timestep=\"{}\" part=\"0\" file=\"{}\"/>\n", time, file);
  write_whole(folder_ / (name + ".pvd"), xml + "  </Collection>\n</VTKFile>\n");
}

}  // namespace fpk::io
