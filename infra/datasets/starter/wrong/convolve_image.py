def convolve_image(image, kernel, stride=1):
    kernel = [row[::-1] for row in kernel[::-1]]
    height, width = len(kernel), len(kernel[0])
    output = []
    for top in range(0, len(image) - height + 1, stride):
        row = []
        for left in range(0, len(image[0]) - width + 1, stride):
            row.append(sum(kernel[i][j] * image[top + i][left + j] for i in range(height) for j in range(width)))
        output.append(row)
    return output
